import type { Removals } from "../../model/policy";
import {
  DiagnosticError,
  type Attributes,
  type ConfigOf,
  type DeletePlanRequest,
  type Diagnostic,
  type PlanRequest,
  type PlanResult,
  type ResourceType,
  type StateOf,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { judgeObject, judgeOwnRemoval, judgeRemoval, type Guarded } from "./guard";

/** What the policy has to know of one type of resource. */
export interface Guard<A extends Attributes> {
  readonly kind: keyof Removals;
  /** Left out where no rule judges the object itself. */
  guarded?(request: PlanRequest<A>, planned: ConfigOf<A>, context: Context): Guarded;
  /** The object's name among those that go; undefined where destroying leaves it. */
  removed(prior: StateOf<A>): string | undefined;
  /** The number of the user that goes with it. */
  removedUser?(prior: StateOf<A>): number | null;
}

/**
 * The same type with the policy held against every plan of it. What the resource itself refuses comes first. As long as
 * there is no server to ask, nothing is judged: then the engine plans again before it applies.
 */
export function withPolicy<A extends Attributes>(
  type: ResourceType<Context, A>,
  guard: Guard<A>,
): ResourceType<Context, A> {
  return {
    ...type,
    async plan(request, context): Promise<PlanResult<A>> {
      const result = (await type.plan?.(request, context)) ?? { planned: request.proposed };
      const found = context.ready ? await judgePlan(guard, { request, result }, context) : [];
      return { ...result, diagnostics: [...(result.diagnostics ?? []), ...found] };
    },
    async planDelete(request: DeletePlanRequest<A>, context): Promise<readonly Diagnostic[]> {
      const refused = (await type.planDelete?.(request, context)) ?? [];
      if (!context.ready) return refused;
      return [...refused, ...(await judgeGoing(guard, request.prior, context))];
    },
    async delete(request, context): Promise<readonly Diagnostic[]> {
      const found = (await isOwnAccount(guard, request.prior, context))
        ? await judgeOwnRemoval(context)
        : [];
      if (found.some(({ severity }) => severity === "error")) throw new DiagnosticError(...found);
      return [...found, ...(await type.delete(request, context))];
    },
  };
}

async function judgePlan<A extends Attributes>(
  guard: Guard<A>,
  { request, result }: { request: PlanRequest<A>; result: PlanResult<A> },
  context: Context,
): Promise<Diagnostic[]> {
  const { prior } = request;
  const isReplaced = prior !== null && (result.replace ?? []).length > 0;
  const asCreated = isReplaced ? { ...request, prior: null, private: null } : request;
  const guarded = guard.guarded?.(asCreated, result.planned, context);
  return [
    ...(guarded === undefined ? [] : await judgeObject(guarded, context)),
    ...(isReplaced ? await judgeGoing(guard, prior, context) : []),
  ];
}

async function judgeGoing<A extends Attributes>(
  guard: Guard<A>,
  prior: StateOf<A>,
  context: Context,
): Promise<Diagnostic[]> {
  const id = guard.removed(prior);
  if (id === undefined) return [];
  const isOwn = await isOwnAccount(guard, prior, context);
  return judgeRemoval({ kind: guard.kind, id, isOwnAccount: isOwn }, context);
}

async function isOwnAccount<A extends Attributes>(
  guard: Guard<A>,
  prior: StateOf<A>,
  context: Context,
): Promise<boolean> {
  if (guard.removedUser === undefined || guard.removed(prior) === undefined) return false;
  const userId = guard.removedUser(prior);
  const ownUserId = await attempt("Cannot find out whose token glsa uses", () =>
    context.gitlab.ownUserId(),
  );
  return userId !== null && userId === ownUserId;
}

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
import {
  judgeObject,
  judgeOwnRemoval,
  judgePowerLosses,
  judgeRemoval,
  judgeRemovals,
  type Guarded,
} from "./guard";
import { ownTokenWarnings } from "./own-token";
import { ownLosses, type Lessening } from "./own-power";

/** What the policy needs to know of one resource type. */
export interface Guard<A extends Attributes> {
  readonly kind: keyof Removals;
  /** Left out where no rule judges the object itself. */
  guarded?(request: PlanRequest<A>, planned: ConfigOf<A>, context: Context): readonly Guarded[];
  /** Names of what goes with the object; none where destroying leaves it. */
  removed(prior: StateOf<A>): readonly string[];
  /** Names of what a change takes out of the object. */
  removedByChange?(request: PlanRequest<A>, planned: ConfigOf<A>): readonly string[];
  /** The number of the user that goes with it. */
  removedUser?(prior: StateOf<A>): number | null;
  /** What a change takes from a user or from tokens, or the object's removal without a plan. */
  lessens?(prior: StateOf<A>, planned: ConfigOf<A> | null, context: Context): readonly Lessening[];
}

/**
 * The same type with the policy applied to every plan of it. The resource's own errors come first. Without a server
 * nothing is checked: the engine then plans again before it applies.
 */
export function withPolicy<A extends Attributes>(
  type: ResourceType<Context, A>,
  guard: Guard<A>,
): ResourceType<Context, A> {
  return {
    ...type,
    async plan(request, context): Promise<PlanResult<A>> {
      const result = (await type.plan?.(request, context)) ?? { planned: request.proposed };
      if (!context.ready) return result;
      const found = [
        ...(await judgePlan(guard, { request, result }, context)),
        ...(await ownTokenWarnings(context)),
      ];
      return { ...result, diagnostics: [...(result.diagnostics ?? []), ...found] };
    },
    async planDelete(request: DeletePlanRequest<A>, context): Promise<readonly Diagnostic[]> {
      const refused = (await type.planDelete?.(request, context)) ?? [];
      if (!context.ready) return refused;
      return [
        ...refused,
        ...(await judgeGoing(guard, request.prior, context)),
        ...(await ownTokenWarnings(context)),
      ];
    },
    async delete(request, context): Promise<readonly Diagnostic[]> {
      const found = (await isOwnAccount(guard, request.prior, context))
        ? await judgeOwnRemoval(context)
        : await judgeLosses(guard, request.prior, null, context);
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
  const found: Diagnostic[] = [];
  for (const guarded of guard.guarded?.(asCreated, result.planned, context) ?? [])
    found.push(...(await judgeObject(guarded, context)));
  if (prior === null) return found;
  if (isReplaced) return [...found, ...(await judgeGoing(guard, prior, context))];
  const removed = guard.removedByChange?.(request, result.planned) ?? [];
  return [
    ...found,
    ...(await judgeRemovals(removed, guard.kind, context)),
    ...(await judgeLosses(guard, prior, result.planned, context)),
  ];
}

async function judgeLosses<A extends Attributes>(
  guard: Guard<A>,
  prior: StateOf<A>,
  planned: ConfigOf<A> | null,
  context: Context,
): Promise<Diagnostic[]> {
  const losses = await ownLosses(guard.lessens?.(prior, planned, context) ?? [], context);
  return judgePowerLosses(losses, context);
}

async function judgeGoing<A extends Attributes>(
  guard: Guard<A>,
  prior: StateOf<A>,
  context: Context,
): Promise<Diagnostic[]> {
  const [id, ...others] = guard.removed(prior);
  if (id === undefined) return [];
  const isOwn = await isOwnAccount(guard, prior, context);
  const powerLosses = await ownLosses(guard.lessens?.(prior, null, context) ?? [], context);
  return [
    ...(await judgeRemoval({ kind: guard.kind, id, isOwnAccount: isOwn, powerLosses }, context)),
    ...(await judgeRemovals(others, guard.kind, context)),
  ];
}

async function isOwnAccount<A extends Attributes>(
  guard: Guard<A>,
  prior: StateOf<A>,
  context: Context,
): Promise<boolean> {
  if (guard.removedUser === undefined || guard.removed(prior).length === 0) return false;
  const userId = guard.removedUser(prior);
  const ownUserId = await attempt("Cannot find out whose token glsa uses", () =>
    context.gitlab.ownUserId(),
  );
  return userId !== null && userId === ownUserId;
}

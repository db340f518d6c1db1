import { createHash } from "node:crypto";
import {
  DiagnosticError,
  type Attributes,
  type ConfigOf,
  type DeletePlanRequest,
  type Diagnostic,
  type PlanRequest,
  type PlanResult,
  type PrivateState,
  type ReadRequest,
  type ResourceType,
  type StateOf,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import {
  destroyedAndKept,
  destructionRuns,
  isKept,
  runFolderUnusable,
  twoAddresses,
} from "./texts";

/** An object by the names under which the run's claims know it. */
export interface KnownObject {
  /** Identifies the object, whatever its declaration says. */
  readonly object: string;
  /** The name under which creations and destructions claim it, if it is another one. */
  readonly claim?: string;
  /** For messages, such as `account "deployer" (group:12:345)`. */
  readonly label: string;
}

/** What a declaration claims by its configuration alone. */
export interface TakenName {
  readonly name: string;
  /** The error for the second declaration that claims it. */
  readonly refusal: Diagnostic;
}

/** What a resource type must define so that each of its objects has one address. */
export interface Addressing<A extends Attributes> {
  names(config: ConfigOf<A>, context: Context): readonly TakenName[];
  ofState(
    state: StateOf<A>,
    privateState: PrivateState | null,
    context: Context,
  ): KnownObject | undefined;
  /** What exists and a creation would take over. The plan that follows reports errors. */
  takenOver?(planned: ConfigOf<A>, context: Context): Promise<KnownObject | undefined>;
  /** Left out if every destruction removes the object. */
  destroys?(prior: StateOf<A>): boolean;
  /** Other problems of a change. */
  foresee?(request: PlanRequest<A>, result: PlanResult<A>, context: Context): Promise<Diagnostic[]>;
  /** Throws if the object is no longer the one that was planned for removal. */
  confirm?(request: DeletePlanRequest<A>, context: Context): Promise<void>;
}

/**
 * The same type with one address for each object, in all provider configurations of a run. Two declarations of one
 * object are refused, and no declaration destroys what another creates, adopts or keeps.
 */
export function withOneAddress<A extends Attributes>(
  type: ResourceType<Context, A>,
  addressing: Addressing<A>,
): ResourceType<Context, A> {
  return {
    ...type,
    validate(config, context): readonly Diagnostic[] {
      const found = type.validate?.(config, context) ?? [];
      return context === undefined ? found : [...found, ...takeNames(addressing, config, context)];
    },
    read(request: ReadRequest<A>, context) {
      const known = addressing.ofState(request.state, request.private, context);
      if (known !== undefined) context.claims.see(known.object);
      return context.claims.during(() => type.read(request, context));
    },
    async plan(request, context): Promise<PlanResult<A>> {
      const work = () => plan(type, addressing, request, context);
      const result = await context.claims.during(work);
      return { ...result, diagnostics: [...(result.diagnostics ?? []), ...troubles(context)] };
    },
    async planDelete(request, context): Promise<readonly Diagnostic[]> {
      const found = (await type.planDelete?.(request, context)) ?? [];
      return [...found, ...goingErrors(addressing, request, context), ...troubles(context)];
    },
    delete: (request, context) => destroy(type, addressing, request, context),
  };
}

/** Reported with the first object for which it matters. */
function troubles({ claims }: Context): Diagnostic[] {
  const trouble = claims.untoldTrouble();
  return trouble === undefined ? [] : [runFolderUnusable(trouble)];
}

function takeNames<A extends Attributes>(
  addressing: Addressing<A>,
  config: ConfigOf<A>,
  context: Context,
): Diagnostic[] {
  const { claims } = context;
  const taken = addressing.names(config, context);
  for (const { name } of taken) claims.see(name);
  return taken.filter(({ name }) => !claims.declare(name)).map(({ refusal }) => refusal);
}

async function plan<A extends Attributes>(
  type: ResourceType<Context, A>,
  addressing: Addressing<A>,
  request: PlanRequest<A>,
  context: Context,
): Promise<PlanResult<A>> {
  const { prior, proposed, address } = request;
  const holder = address ?? wordsOf(request);
  if (prior === null && context.ready) {
    const known = await foundForCreation(addressing, proposed, context);
    const errors = known === undefined ? [] : keepingErrors(known, { holder, address }, context);
    if (errors.length > 0) throw new DiagnosticError(...errors);
  }
  const result = (await type.plan?.(request, context)) ?? { planned: proposed };
  if (prior === null || !context.ready) return result;
  const isReplaced = (result.replace ?? []).length > 0;
  const known = addressing.ofState(prior, request.private, context);
  const errors = [
    ...(isReplaced
      ? goingErrors(addressing, { prior, private: request.private, address }, context)
      : []),
    ...(!isReplaced && known !== undefined
      ? keepingErrors(known, { holder, address }, context)
      : []),
    ...((await addressing.foresee?.(request, result, context)) ?? []),
  ];
  return { ...result, diagnostics: [...errors, ...(result.diagnostics ?? [])] };
}

/** Replaces the declaration if an engine does not name it. */
function wordsOf<A extends Attributes>({ config }: PlanRequest<A>): string {
  return createHash("sha256").update(JSON.stringify(config)).digest("base64url");
}

/** A failed look-up is an error of the plan itself, which reports it better. */
async function foundForCreation<A extends Attributes>(
  addressing: Addressing<A>,
  proposed: ConfigOf<A>,
  context: Context,
): Promise<KnownObject | undefined> {
  try {
    return await addressing.takenOver?.(proposed, context);
  } catch {
    return undefined;
  }
}

function keepingErrors(
  { object, claim, label }: KnownObject,
  { holder, address }: { readonly holder: string; readonly address: string | undefined },
  { claims }: Context,
): Diagnostic[] {
  const isAlone = claims.hold(object, holder);
  const isGoing =
    claim === undefined
      ? claims.planned(object, "keep", address)
      : claims.plannedElsewhere(claim, "keep");
  if (isGoing) return [destroyedAndKept(label)];
  return isAlone ? [] : [twoAddresses(label)];
}

function goingErrors<A extends Attributes>(
  addressing: Addressing<A>,
  {
    prior,
    private: privateState,
    address,
  }: DeletePlanRequest<A> & { address?: string | undefined },
  context: Context,
): Diagnostic[] {
  const { claims } = context;
  const known = addressing.ofState(prior, privateState, context);
  if (known === undefined || addressing.destroys?.(prior) === false) return [];
  const { object, claim, label } = known;
  const isKeptElsewhere =
    claim === undefined
      ? claims.planned(object, "destroy", address)
      : claims.plannedElsewhere(claim, "destroy");
  return isKeptElsewhere ? [destroyedAndKept(label)] : [];
}

async function destroy<A extends Attributes>(
  type: ResourceType<Context, A>,
  addressing: Addressing<A>,
  request: DeletePlanRequest<A>,
  context: Context,
): Promise<readonly Diagnostic[]> {
  const { prior, private: privateState } = request;
  const known = addressing.ofState(prior, privateState, context);
  if (known === undefined || addressing.destroys?.(prior) === false) {
    return type.delete(request, context);
  }
  const { object, claim = object, label } = known;
  if (!context.claims.mayDestroy(claim)) return [isKept(label)];
  try {
    await addressing.confirm?.(request, context);
    return await type.delete(request, context);
  } finally {
    context.claims.destroyed(claim);
  }
}

/** Called by a creation before its first request for an object that may exist. */
export function refuseWhileDestroyed(claim: string, label: string, { claims }: Context): void {
  if (!claims.mayAdopt(claim)) throw new DiagnosticError(destructionRuns(label));
}

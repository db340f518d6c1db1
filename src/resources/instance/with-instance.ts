import {
  DiagnosticError,
  error,
  type Attributes,
  type PrivateState,
  type ResourceType,
  type StateOf,
} from "../../provider/contract";
import type { Context } from "../shared/context";

/** The key in private state. Objects of earlier versions have none until they are read. */
const INSTANCE = "instance";

/**
 * The same type with a memory of the GitLab that an object is on. On another GitLab its number may belong to another
 * object, so nothing is read or changed there by that number.
 */
export function withInstance<A extends Attributes>(
  type: ResourceType<Context, A>,
  /** Such as `account "deployer"`. */
  nameOf: (state: StateOf<A>, context: Context) => string,
): ResourceType<Context, A> {
  const refuseElsewhere = (
    state: StateOf<A>,
    privateState: PrivateState | null,
    context: Context,
  ): void => {
    const { ready, instance } = context;
    const home = privateState?.[INSTANCE];
    if (!ready || typeof home !== "string" || instance.isAt(home)) return;
    throw otherInstance(nameOf(state, context), home, instance.address);
  };
  return {
    ...type,
    async plan(request, context) {
      const { prior, private: privateState, proposed } = request;
      if (prior !== null) refuseElsewhere(prior, privateState, context);
      return (await type.plan?.(request, context)) ?? { planned: proposed };
    },
    async planDelete(request, context) {
      refuseElsewhere(request.prior, request.private, context);
      return (await type.planDelete?.(request, context)) ?? [];
    },
    async read(request, context) {
      refuseElsewhere(request.state, request.private, context);
      const result = await type.read(request, context);
      return result && { ...result, private: at(context, result.private, request.private) };
    },
    async create(request, context) {
      const result = await type.create(request, context);
      return { ...result, private: at(context, result.private, null) };
    },
    async update(request, context) {
      refuseElsewhere(request.prior, request.private, context);
      const result = await type.update(request, context);
      return { ...result, private: at(context, result.private, request.private) };
    },
    async delete(request, context) {
      refuseElsewhere(request.prior, request.private, context);
      return type.delete(request, context);
    },
  };
}

/** The current address is stored, so that the old one can be removed from the settings after a move. */
function at(
  { instance }: Context,
  after: PrivateState | null | undefined,
  before: PrivateState | null,
): PrivateState {
  return { ...(after === undefined ? before : after), [INSTANCE]: instance.address };
}

function otherInstance(name: string, home: string, address: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "other-instance",
      `The ${name} is on another GitLab`,
      `This state belongs to ${home}; the provider is set to ${address}. Nothing was read or changed there: its numbers ` +
        `mean other objects on another instance. Correct base_url (GITLAB_BASE_URL). If both are addresses of one ` +
        `instance, or if it has moved, write instance_addresses = ["${home}"] in the provider's settings.`,
    ),
  );
}

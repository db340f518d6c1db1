import { declarationsIn, UnreadablePlanError, type Declarations } from "../review";
import { liveAccess, type LiveArguments } from "./commands/live-options";
import { readStates } from "./read-states";

/** What a state or plan declares, and where it was read. */
interface DeclaredState {
  readonly name: string;
  readonly declarations: Declarations;
}

/** Read before GitLab is asked: a state that cannot be read must not cost a pass. */
export async function declaredStates(
  options: LiveArguments & { readonly state: readonly string[] },
): Promise<DeclaredState[]> {
  if (options.dryRun || options.state.length === 0) return [];
  const { baseUrl, token, caFile } = liveAccess(options);
  const read = await readStates(options.state, { gitlab: { baseUrl, token }, caFile });
  return read.map(({ name, text }) => {
    try {
      return { name, declarations: declarationsIn(text) };
    } catch (failure) {
      if (!(failure instanceof UnreadablePlanError)) throw failure;
      throw new Error(`${name}: ${failure.message}`);
    }
  });
}

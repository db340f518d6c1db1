import { isGitLabError } from "../../gitlab";
import { nearest } from "../../model";
import { error, type Diagnostic } from "../../provider/contract";
import type { ContainerSpelling } from "./container-spelling";
import type { Context } from "./context";

/** The maximum number of paths in a message. */
const MOST_NAMED = 5;

const OTHER = { group: "project", project: "group" } as const;

/** A path that does not exist, with what exists instead. The path of a group that the same apply creates is unknown. */
export async function missingContainer(
  { kind, spelling }: ContainerSpelling,
  context: Context,
): Promise<Diagnostic> {
  // Numbers of groups and of projects are independent.
  if (/^\d+$/.test(spelling)) return numberless(kind, spelling);
  const other = OTHER[kind];
  if (await exists({ kind: other, spelling }, context)) {
    const detail = `"${spelling}" is a ${other}. Write ${other} = "${spelling}", or the path of a ${kind}.`;
    return error("other-kind-of-container", `"${spelling}" is a ${other}, not a ${kind}`, detail, [
      kind,
    ]);
  }
  const detail =
    `GitLab shows no ${kind} at that path to the user of glsa's token.${await proposal({ kind, spelling }, context)} ` +
    `Refer to one that this same apply creates by an attribute that is known only after its creation (gitlab_${kind}.NAME.id), so that it is created first.`;
  return error("missing-container", `There is no ${kind} "${spelling}"`, detail, [kind]);
}

function numberless(kind: ContainerSpelling["kind"], number: string): Diagnostic {
  const detail =
    `GitLab shows no ${kind} with that number to the user of glsa's token: it was deleted, or the user is no longer a ` +
    `member. Give the token access, or write another ${kind}.`;
  return error("missing-container", `There is no ${kind} "${number}"`, detail, [kind]);
}

async function exists(
  { kind, spelling }: ContainerSpelling,
  { inventory }: Context,
): Promise<boolean> {
  try {
    await inventory.containers.resolve(kind, spelling);
    return true;
  } catch {
    // Whatever keeps it from being visible, it cannot be proposed.
    return false;
  }
}

async function proposal(missing: ContainerSpelling, context: Context): Promise<string> {
  const path = missing.spelling.replace(/^\/+|\/+$/g, "");
  const found = await pathsNear(missing.kind, path, context);
  const meant = nearest(path, found) ?? nearest(lastOf(path), found.map(lastOf));
  const near = found.filter((each) => each === meant || lastOf(each) === meant);
  if (near.length > 0) return ` Did you mean ${quoted(near)}?`;
  return found.length === 0 ? "" : ` Near it are ${quoted(found)}.`;
}

/** What is in the nearest visible group above. At most one page: a proposal is not worth more. */
async function pathsNear(
  kind: ContainerSpelling["kind"],
  path: string,
  context: Context,
): Promise<readonly string[]> {
  const above = path.split("/").slice(0, -1).join("/");
  try {
    return await context.gitlab.containers.pathsIn(kind, above === "" ? null : above);
  } catch (cause) {
    if (above === "" || !isGitLabError(cause, "not_found")) return [];
    return pathsNear("group", above, context);
  }
}

function lastOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}

function quoted(paths: readonly string[]): string {
  return paths
    .slice(0, MOST_NAMED)
    .map((path) => `"${path}"`)
    .join(", ");
}

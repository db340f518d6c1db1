import type { Container } from "../../model";
import type { Call } from "../call";
import type { GitLabClient, Page } from "../client";
import { isGitLabError } from "../errors";
import type { GroupEntity, ProjectEntity } from "./entities";
import { GROUP, PROJECT } from "./shapes";

/** From a list of objects with the wanted name, in any group. */
const MOST_PAGES_SEARCHED = 10;

/**
 * Requests by full path, and if that is refused by the number that a search finds: some reverse proxies refuse the %2F
 * of a path, decode it, or encode it again, so that GitLab receives another path.
 */
export async function askByPath<T>(
  client: GitLabClient,
  { kind, spelling }: { readonly kind: Container["kind"]; readonly spelling: string | number },
  ask: (spelling: string | number) => Promise<T>,
): Promise<T> {
  try {
    return await ask(spelling);
  } catch (refusal) {
    const path = String(spelling);
    const isSpoilt =
      path.includes("/") && isGitLabError(refusal, "not_found", "not_json", "bad_request");
    // A failure of the search is not the problem that the user has to solve.
    const number = isSpoilt ? await numberAt(client, kind, path).catch(() => undefined) : undefined;
    if (number === undefined) throw refusal;
    return ask(number);
  }
}

async function numberAt(
  client: GitLabClient,
  kind: Container["kind"],
  path: string,
): Promise<number | undefined> {
  // Not the whole path: its slashes would be encoded here too.
  const search = path.split("/").at(-1);
  const call: Call =
    kind === "group"
      ? { shape: GROUP, method: "GET", route: "/groups", query: { search } }
      : { shape: PROJECT, method: "GET", route: "/projects", query: { search, simple: true } };
  for (let page: number | undefined = 1; page !== undefined && page <= MOST_PAGES_SEARCHED;) {
    const list: Page<GroupEntity | ProjectEntity> = await client.page(call, page);
    const found = list.items.find((item) => fullPathOf(item).toLowerCase() === path.toLowerCase());
    if (found !== undefined) return found.id;
    page = list.next;
  }
  return undefined;
}

export function fullPathOf(item: GroupEntity | ProjectEntity): string {
  return "full_path" in item ? item.full_path : item.path_with_namespace;
}

import { contentsOf, describeLeftOvers, isEmpty, type Container, type Contents } from "./contents";
import { bodyOf, type Incoming, type Outgoing } from "./target";
import type { Recorder } from "./recorder";
import type { Territory } from "./territory";

export interface Cleaned {
  /** The number of removed objects. */
  readonly removed: number;
  /** What still exists, in words. */
  readonly left: readonly string[];
}

/** The caller of the cleaning. */
export interface Site {
  readonly recorder: Recorder;
  readonly territory: Territory;
  readonly token: string;
  /** Number of the user whose token it is. */
  readonly self: number;
}

/** How often the cleaning waits for all deletions in the background together. */
const WAITS = 60;
const BETWEEN = 1000;
const ROUNDS = 2;

/** Removes everything in the group that a run of `glsa prove` created, and checks whether it is gone. */
export async function clean(site: Site): Promise<Cleaned> {
  let removed = 0;
  let contents = await look(site);
  for (let round = 0; round < ROUNDS && !isEmpty(contents); round++) {
    removed += await remove(site, contents);
    contents = await look(site);
  }
  return { removed, left: describeLeftOvers(contents) };
}

export function look({ recorder, territory, token, self }: Site): Promise<Contents> {
  const read = (path: string, query: Readonly<Record<string, string>> = {}) =>
    recorder.look({ method: "GET", path: `/api/v4/${path}`, query, token, body: undefined });
  return contentsOf(read, territory.groupId, self);
}

/** Accounts are removed before their owners: they would outlive them, unseen. */
async function remove(site: Site, contents: Contents): Promise<number> {
  const { territory } = site;
  const patience = { waits: WAITS };
  for (const { id } of contents.accounts) territory.own("user", id);
  for (const { kind, id } of contents.containers) territory.own(kind, id);
  for (const { holder, id } of contents.accounts) {
    await send(site, "DELETE", `${holder}/service_accounts/${id}`);
  }
  for (const { id } of contents.accounts) await untilGone(site, `users/${id}`, patience);
  for (const { holder, key } of contents.variables) {
    await send(site, "DELETE", `${holder}/variables/${key}`);
  }
  for (const container of contents.containers) await removeContainer(site, container, patience);
  const { accounts, variables, containers } = contents;
  return [accounts, variables, containers].flat().length;
}

/** If deletion is delayed, a second request with the full path deletes immediately. */
async function removeContainer(
  site: Site,
  { kind, id }: Container,
  patience: Patience,
): Promise<void> {
  const path = `${kind}s/${id}`;
  await send(site, "DELETE", path);
  const shown = await send(site, "GET", path);
  if (shown.status !== 200) return;
  const body = bodyOf(shown) as Readonly<Record<string, unknown>>;
  const fullPath = String(kind === "group" ? body["full_path"] : body["path_with_namespace"]);
  const now = await send(site, "DELETE", path, { permanently_remove: "true", full_path: fullPath });
  if (now.status < 300) await untilGone(site, path, patience);
}

interface Patience {
  waits: number;
}

async function untilGone(site: Site, path: string, patience: Patience): Promise<void> {
  for (; patience.waits > 0; patience.waits--) {
    if ((await send(site, "GET", path)).status === 404) return;
    await site.recorder.pause(BETWEEN);
  }
}

function send(
  { recorder, token }: Site,
  method: string,
  path: string,
  query: Outgoing["query"] = {},
): Promise<Incoming> {
  return recorder.look({ method, path: `/api/v4/${path}`, query, token, body: undefined });
}

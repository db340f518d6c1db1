import { isGitLabError, type GitLab, type UserEntity } from "../gitlab";
import type { Owner } from "../model";
import { InvisibleError } from "./invisible";

/** Lists that are read for an error message. Each costs a request. */
const MOST_LISTS = 30;

/** What the search may read: the accounts of an owner, at most once. */
type UserIdsOf = (owner: Owner) => Promise<{ has(userId: number): boolean }>;

/**
 * The owner of a user's account. Undefined for a human, and if the caller cannot see it. GitLab has no request for
 * this. But the address that it generates for an account names the owner, to administrators. Other callers search the
 * lists of the groups and projects that they manage, those near the expected owner first.
 */
export async function actualOwnerOf(
  user: UserEntity,
  expected: Owner,
  gitlab: GitLab,
  userIdsOf: UserIdsOf,
): Promise<Owner | undefined> {
  const named = ownerInAddress(user.email ?? "");
  if (named !== undefined) return named;
  const managed = await managedContainers(gitlab);
  const near = rootOf(managed.find((container) => isSame(container, expected))?.path ?? "");
  const others = managed.filter((container) => !isSame(container, expected));
  const sorted = [
    ...others.filter(({ path }) => rootOf(path) === near),
    ...others.filter(({ path }) => rootOf(path) !== near),
  ];
  for (const { kind, id } of sorted.slice(0, MOST_LISTS)) {
    const owner: Owner = { kind, id };
    if ((await orNothing(userIdsOf(owner)))?.has(user.id) === true) return owner;
  }
  return undefined;
}

interface Managed {
  readonly kind: "group" | "project";
  readonly id: number;
  readonly path: string;
}

/** The first page of each: callers who manage more get less information. */
async function managedContainers({ containers }: GitLab): Promise<Managed[]> {
  const groups = (await orNothing(containers.managed("group"))) ?? [];
  const projects = (await orNothing(containers.managed("project"))) ?? [];
  return [
    ...groups.map(({ id, path }) => ({ kind: "group" as const, id, path })),
    ...projects.map(({ id, path }) => ({ kind: "project" as const, id, path })),
  ];
}

function ownerInAddress(email: string): Owner | undefined {
  const named = /^service_account_(group|project)_(\d+)_[0-9a-f]{32}@/.exec(email);
  if (named !== null) {
    return { kind: named[1] === "group" ? "group" : "project", id: Number(named[2]) };
  }
  return /^service_account_[0-9a-f]{32}@/.test(email) ? { kind: "instance" } : undefined;
}

function isSame({ kind, id }: Managed, owner: Owner): boolean {
  return owner.kind === kind && owner.id === id;
}

function rootOf(path: string): string {
  return path.split("/")[0]?.toLowerCase() ?? "";
}

/** The error that is being reported matters more than a failure to find its remedy. */
async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (failure) {
    if (isGitLabError(failure) || failure instanceof InvisibleError) return undefined;
    throw failure;
  }
}

import type { GitLab, GraphqlUser, ServiceAccountEntity } from "../gitlab";
import { inHundreds } from "./cost";
import { describe, type Containers } from "./containers";
import type { GapLog } from "./gap-log";
import type { AccountKind, PicturedAccount, PicturedContainer, PicturedOwner } from "./picture";
import type { AccountList, Survey } from "./survey";

/** Accounts by the number of their user. */
export type AccountsById = Map<number, PicturedAccount>;

/** The accounts of a survey's lists; for an administrator with their states. */
export async function readAccounts(
  { accountLists, bots }: Survey,
  containers: Containers,
  gaps: GapLog,
): Promise<AccountsById> {
  const accounts: AccountsById = new Map();
  await Promise.all(
    accountLists.map(async (list) => {
      for (const entity of await entitiesOf(list, gaps)) {
        const owner = list.container ? ownerIn(list.container) : ownerByName(entity, containers);
        accounts.set(entity.id, pictured(entity, owner));
      }
    }),
  );
  if (bots === undefined) return accounts;
  const { items, isWhole, failure } = await bots.read();
  const missing = { hides: ["states"], what: "the states of accounts" } as const;
  if (failure !== undefined) gaps.failed(missing, failure);
  else if (!isWhole) gaps.shifted(missing, "/users");
  for (const { id, state, created_at: createdAt = null } of items) {
    const account = accounts.get(id);
    if (account !== undefined) accounts.set(id, { ...account, ...stated(state), createdAt });
  }
  return accounts;
}

async function entitiesOf(
  { container, accounts }: AccountList,
  gaps: GapLog,
): Promise<readonly ServiceAccountEntity[]> {
  const { items, isWhole, failure } = await accounts.read();
  const place = container === undefined ? "the instance" : describe(container);
  const missing = {
    hides: ["accounts", "tokens"],
    what: `the accounts of ${place}`,
    ...(container && { container }),
  } as const;
  if (failure !== undefined) gaps.failed(missing, failure);
  else if (!isWhole) gaps.shifted(missing, "/service_accounts");
  return items;
}

function pictured(
  { id, username, name, email }: ServiceAccountEntity,
  owner: PicturedOwner | null,
): PicturedAccount {
  return {
    userId: id,
    username,
    name,
    email: email ?? null,
    kind: kindOf(username),
    ...stated(null),
    createdAt: null,
    owner,
    isForeign: false,
    tokensSeen: false,
  };
}

/** GitLab does not mark its agents' accounts; it only names them in this way. */
function kindOf(username: string): AccountKind {
  return /^(?:ai|duo)-/i.test(username) ? "agent" : "service_account";
}

/** GitLab blocks a user whose deletion has begun, and shows no difference. */
function stated(state: string | null): Pick<PicturedAccount, "state" | "isDeletionPending"> {
  return { state, isDeletionPending: state === null || state === "blocked" ? null : false };
}

function ownerIn({ kind, id, path }: PicturedContainer): PicturedOwner {
  return { kind, id, path };
}

/** GitLab generates usernames and addresses that name the account's owner; its lists for administrators do not. */
function ownerByName(
  { username, email = "" }: ServiceAccountEntity,
  containers: Containers,
): PicturedOwner | null {
  for (const text of [email, username]) {
    const owned = /^service_account_(group|project)_(\d+)_[0-9a-f]{32}(?:@|$)/.exec(text);
    if (owned !== null) {
      const kind = owned[1] === "group" ? "group" : "project";
      const id = Number(owned[2]);
      return { kind, id, path: containers.find({ kind, id })?.path ?? null };
    }
    if (/^service_account_[0-9a-f]{32}(?:@|$)/.test(text)) return { kind: "instance", path: null };
  }
  return null;
}

/** What GraphQL shows of users to callers who are not administrators. */
export async function readShown(
  gitlab: GitLab,
  userIds: readonly number[],
  options: { readonly memberships: boolean },
  onFailure: (failure: unknown) => void,
): Promise<Map<number, GraphqlUser>> {
  const shown = new Map<number, GraphqlUser>();
  await Promise.all(
    inHundreds(userIds).map(async (some) => {
      try {
        for (const user of await gitlab.users.shown(some, options)) shown.set(user.id, user);
      } catch (failure) {
        onFailure(failure);
      }
    }),
  );
  return shown;
}

/** Completed from GraphQL: blocked and banned users are not shown to callers who are not administrators. */
export function withShown(
  accounts: AccountsById,
  shown: ReadonlyMap<number, GraphqlUser>,
  isComplete: boolean,
): void {
  for (const [id, account] of accounts) {
    const user = shown.get(id);
    if (user !== undefined) {
      accounts.set(id, { ...account, ...stated(user.state), createdAt: user.createdAt });
    } else if (isComplete && shown.size > 0) {
      accounts.set(id, { ...account, ...stated("blocked") });
    }
  }
}

/** An account of another owner that is a member in the scope. */
export function foreignAccount({
  id,
  username,
  name,
  state,
  createdAt,
}: GraphqlUser): PicturedAccount {
  return {
    ...pictured({ id, username, name }, null),
    ...stated(state),
    createdAt,
    isForeign: true,
  };
}

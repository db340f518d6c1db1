import {
  Pass,
  type Gap,
  type Picture,
  type PicturedAccount,
  type PicturedMembership,
  type PicturedToken,
  type WantedScope,
} from "../../estate";
import { KeyedOnce } from "../../inventory";
import { EPHEMERAL_GENERATION, formatAccountId, formatMembershipId } from "../../model";
import { warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import type { ListScope } from "./scope";

/** An account that code may declare. */
export interface SeenAccount extends PicturedAccount {
  /** The same as in `glsa_service_account`. */
  readonly id: string;
}

/** The objects of a live GitLab that code can declare. */
export interface Sight {
  readonly accounts: readonly SeenAccount[];
  readonly tokens: readonly (PicturedToken & { readonly account: SeenAccount })[];
  readonly memberships: readonly (PicturedMembership & {
    readonly id: string;
    readonly username: string;
  })[];
  /** The objects that are not visible. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Lists of one run with the same scope share one survey. */
const pictures = new WeakMap<Context, KeyedOnce<Picture>>();

/** Accounts that GitLab creates for its own agents are left out: code does not declare them. */
export async function look(scope: ListScope, context: Context): Promise<Sight> {
  const wanted = wantedScope(scope);
  const picture = await attempt("Cannot list what exists", () => pictureOf(wanted, context));
  const prefix = (scope.username_prefix ?? "").toLowerCase();
  const accounts = picture.accounts.filter(
    ({ username, kind }) => kind !== "agent" && username.toLowerCase().startsWith(prefix),
  );
  const own = accounts.flatMap((account) => withId(account));
  const byUser = new Map(own.map((account) => [account.userId, account]));
  const usernames = new Map(accounts.map(({ userId, username }) => [userId, username]));
  return {
    accounts: own,
    tokens: presentTokens(picture.tokens).flatMap((token) => {
      const account = byUser.get(token.userId);
      return account === undefined ? [] : [{ ...token, account }];
    }),
    memberships: picture.memberships.flatMap((membership) => {
      const { userId, container } = membership;
      const username = usernames.get(userId);
      return username === undefined
        ? []
        : [{ ...membership, username, id: formatMembershipId({ container, userId }) }];
    }),
    diagnostics: picture.gaps.filter(({ isExpected }) => !isExpected).map(unseen),
  };
}

function wantedScope({ group, project }: ListScope): WantedScope {
  if (group !== null) return { kind: "group", path: group };
  return project === null ? { kind: "instance" } : { kind: "project", path: project };
}

function pictureOf(scope: WantedScope, context: Context): Promise<Picture> {
  const known = pictures.get(context) ?? new KeyedOnce<Picture>();
  pictures.set(context, known);
  return known.get(JSON.stringify(scope), async () => {
    const pass = await Pass.begin(context.gitlab, {
      scope,
      withVariables: false,
      withShares: false,
    });
    return pass.picture();
  });
}

/** Not for an account that is only a member, nor for one without a known owner. */
function withId(account: PicturedAccount): SeenAccount[] {
  const { owner, isForeign, userId } = account;
  if (isForeign || owner === null) return [];
  return [{ ...account, id: formatAccountId({ owner, userId }) }];
}

/** Of several tokens of one declaration, the newest: the others are in `previous`. */
function presentTokens(tokens: readonly PicturedToken[]): PicturedToken[] {
  const seen = new Set<string>();
  return tokens.filter(({ state, marker, userId }) => {
    if (state !== "active" || marker?.generation === EPHEMERAL_GENERATION) return false;
    if (marker === null) return true;
    const key = `${userId}:${marker.key}`;
    const isNewest = !seen.has(key);
    seen.add(key);
    return isNewest;
  });
}

function unseen({ reason, remedy }: Gap): Diagnostic {
  return warning("list-incomplete", "Something could not be listed", `${reason} ${remedy}`);
}

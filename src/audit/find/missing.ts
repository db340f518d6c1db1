import type { DeclaredAccount, DeclaredMembership, DeclaredToken } from "../../review";
import type { In } from "../states";
import { placesOf } from "../states";
import {
  accountObject,
  membershipObject,
  ofAccount,
  stateObject,
  tokenObject,
  variableObject,
  type Evidence,
  type Found,
} from "./found";

/** What code declares and the instance does not have, as far as that is visible. */
export function missing(evidence: Evidence): Found[] {
  const strangers = statesOfOtherInstances(evidence);
  const isJudged = ({ state }: In<unknown>) => !strangers.has(state);
  const { declared } = evidence;
  const accounts = declared.allAccounts().flatMap((all) => {
    const judged = all.filter(isJudged);
    return judged[0] === undefined ? [] : missingAccount(evidence, judged[0].of, judged);
  });
  const gone = new Set(accounts.map(({ object }) => object.userId));
  return [
    ...[...strangers].map(otherInstance),
    ...accounts,
    ...declared.allTokens().flatMap((all) => {
      const judged = all.filter(isJudged);
      const [first] = judged;
      return first === undefined || gone.has(first.of.userId)
        ? []
        : missingToken(evidence, first.of, judged);
    }),
    ...declared
      .allMemberships()
      .filter((each) => isJudged(each) && !gone.has(each.of.userId))
      .flatMap((each) => missingMembership(evidence, each)),
    ...missingVariables(evidence, isJudged),
  ];
}

/**
 * A state does not name its instance. But if it declares accounts, every account is visible, and none has both the
 * number and the username of a declared one, the state belongs to another instance.
 */
function statesOfOtherInstances({ declared, live }: Evidence): ReadonlySet<string> {
  const others = declared.states.filter(({ declarations: { accounts } }) => {
    const isSeen = accounts.every(({ container }) => live.knowsAccountsOf(container));
    if (accounts.length === 0 || !isSeen) return false;
    const isThere = ({ userId, username }: DeclaredAccount) =>
      live.account(userId)?.username === username;
    const isAnother = ({ userId, username }: DeclaredAccount) =>
      live.account(userId) !== undefined && live.account(userId)?.username !== username;
    const clashes = accounts.filter(isAnother).length;
    return !accounts.some(isThere) && (clashes >= 2 || accounts.length >= MANY);
  });
  return new Set(others.map(({ name }) => name));
}

/** So many accounts are not deleted by hand at once. */
const MANY = 3;

function otherInstance(state: string): Found {
  return {
    code: "other-instance",
    object: stateObject(state),
    reason:
      "None of the accounts that it declares exists here with its number and username. Nothing else is reported about it.",
    declared: [],
  };
}

function missingAccount(
  { live }: Evidence,
  account: DeclaredAccount,
  all: readonly In<DeclaredAccount>[],
): Found[] {
  const { userId, username, container } = account;
  if (live.account(userId) !== undefined || !live.knowsAccountsOf(container)) return [];
  return [
    {
      code: "missing-account",
      object: accountObject(userId, username, container?.path ?? null),
      reason: `Code declares it as user ${userId}, and GitLab has no such account${container === undefined ? "" : " there"}.`,
      declared: placesOf(all),
    },
  ];
}

function missingToken(
  { live }: Evidence,
  token: DeclaredToken,
  all: readonly In<DeclaredToken>[],
): Found[] {
  const account = live.account(token.userId);
  if (account === undefined || !account.tokensSeen) return [];
  const found = live.token(token.tokenId);
  if (found !== undefined && found.state !== "revoked") return [];
  const name = found?.name ?? token.name ?? String(token.tokenId);
  return [
    {
      code: "missing-token",
      object: tokenObject({ tokenId: token.tokenId, userId: token.userId, name }, account),
      reason:
        found === undefined
          ? `Code declares token ${token.tokenId}, and the account has none of that number.`
          : "Code declares it, and it was revoked.",
      declared: placesOf(all),
    },
  ];
}

function missingMembership({ live }: Evidence, { state, of }: In<DeclaredMembership>): Found[] {
  const { userId, container: place } = of;
  const container = live.container(place);
  const account = live.account(userId);
  const isThere = live
    .membershipsOf(userId)
    .some((each) => each.container.kind === container?.kind && each.container.id === container.id);
  // Members that are not service accounts, such as people, are not in the picture.
  if (isThere || account === undefined || !live.knows("memberships", place)) return [];
  const path = container?.path ?? place.path ?? String(place.id);
  const role = of.role === undefined ? "" : ` the role ${of.role} in`;
  return [
    {
      code: "missing-membership",
      object: membershipObject(userId, path, account),
      reason: `Code gives it${role} ${place.kind} ${path}, of which it is no direct member.`,
      declared: [{ state, address: of.address }],
    },
  ];
}

function missingVariables(
  { live, declared }: Evidence,
  isJudged: (of: In<unknown>) => boolean,
): Found[] {
  const there = new Set(
    live.picture.variables.map(({ container, key, environmentScope: scope }) =>
      JSON.stringify([container.kind, container.id, key, scope]),
    ),
  );
  return declared.allVariables().flatMap((each): Found[] => {
    const { container: place, key, environmentScope: scope, address } = each.of;
    const container = live.container(place);
    if (!isJudged(each) || !live.knows("variables", place)) return [];
    const path = container?.path ?? place.path ?? String(place.id);
    if (
      container !== undefined &&
      there.has(JSON.stringify([container.kind, container.id, key, scope]))
    )
      return [];
    return [
      {
        code: "missing-variable",
        object: variableObject(key, scope, path),
        reason:
          container === undefined
            ? `Code delivers a token there, and there is no such ${place.kind}.`
            : "Code delivers a token there, and there is no variable of that name with glsa's note.",
        declared: [{ state: each.state, address }],
      },
    ];
  });
}

/** Accounts and memberships that differ from their declaration. */
export function changed({ live, declared }: Evidence): Found[] {
  return [
    ...live.picture.accounts.flatMap((account): Found[] => {
      const all = declared.accountsOf(account.userId).filter(({ of }) => of.isSettled);
      const differs = all.find(
        ({ of }) => of.username !== undefined && of.username !== account.username,
      );
      const renamed = all.find(({ of }) => of.name !== undefined && of.name !== account.name);
      const other = differs ?? renamed;
      if (other === undefined || live.account(account.userId) === undefined) return [];
      const reason =
        differs === undefined
          ? `Its name is "${account.name}"; code declares "${other.of.name}".`
          : `Its username is ${account.username}; code declares ${other.of.username}.`;
      return [
        {
          code: "changed-by-hand",
          object: ofAccount(account),
          reason,
          declared: placesOf([other]),
        },
      ];
    }),
    ...changedMemberships({ live, declared }),
  ];
}

function changedMemberships({ live, declared }: Pick<Evidence, "live" | "declared">): Found[] {
  return live.picture.memberships.flatMap((membership): Found[] => {
    const { userId, container, role, customRole, expiresAt } = membership;
    const settled = declared.membershipsOf(userId, container).filter(({ of }) => of.isSettled);
    const [first] = settled;
    if (first === undefined) return [];
    const differences = [
      ...differenceOf("role", role, first.of.role ?? role),
      ...differenceOf("custom role", customRole?.id ?? null, first.of.customRole),
      ...differenceOf("end", expiresAt, first.of.expiresAt),
    ];
    if (differences.length === 0) return [];
    const object = membershipObject(userId, container.path, live.account(userId));
    const reason = `${differences.join("; ")}.`;
    return [{ code: "changed-by-hand", object, reason, declared: placesOf([first]) }];
  });
}

function differenceOf(
  what: string,
  is: string | number | null,
  declared: string | number | null,
): string[] {
  if (is === declared) return [];
  return [`The ${what} is ${is ?? "none"}; code declares ${declared ?? "none"}`];
}

/** One object in two places of code. */
export function declaredTwice({ live, declared }: Evidence): Found[] {
  const twice = (object: Found["object"], all: readonly In<{ readonly address: string }>[]) => {
    const places = placesOf(all);
    const names = places.map(({ state, address }) => `${address} in ${state}`);
    const reason = `It is declared ${places.length} times: ${names.join("; ")}.`;
    return all.length < 2
      ? []
      : [{ code: "declared-twice" as const, object, reason, declared: places }];
  };
  return [
    ...declared.allAccounts().flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const { userId, username } = first.of;
      return twice(accountObject(userId, live.account(userId)?.username ?? username), all);
    }),
    ...declared.allTokens().flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const { tokenId, userId, name = String(tokenId) } = first.of;
      return twice(tokenObject({ tokenId, userId, name }, live.account(userId)), all);
    }),
    ...live.picture.memberships.flatMap(({ userId, container }) =>
      twice(
        membershipObject(userId, container.path, live.account(userId)),
        declared.membershipsOf(userId, container),
      ),
    ),
  ];
}

import type { PicturedAccount, PicturedToken } from "../../estate";
import { EPHEMERAL_GENERATION } from "../../model";
import {
  ofAccount,
  ofMembership,
  tokenObject,
  variableObject,
  type Evidence,
  type Found,
} from "./found";

/** An ephemeral token lives as long as its run, and runs take less than a day. */
const LONGEST_RUN = 86_400_000;

/** What exists and no state declares. */
export function undeclared(evidence: Evidence): Found[] {
  const { live, declared } = evidence;
  const leftOver = leftOverTokens(evidence);
  if (!declared.isGiven) return leftOver;
  const known = new Set(leftOver.map(({ object }) => object.tokenId));
  const { accounts, tokens, memberships } = live.picture;
  return [
    ...accounts.filter((each) => !each.isForeign && isUndeclared(evidence, each)).map(ofOne),
    ...leftOver,
    ...tokens
      .filter((token) => isOpenToken(evidence, token) && !known.has(token.tokenId))
      .map((token) => undeclaredToken(token, live.account(token.userId))),
    ...memberships
      .filter(({ userId, container }) => declared.membershipsOf(userId, container).length === 0)
      .map((membership) => ({
        code: "undeclared-membership" as const,
        object: ofMembership(membership, live.account(membership.userId)),
        reason: `${live.account(membership.userId)?.username ?? "It"} has the role ${membership.role ?? membership.accessLevel} in ${membership.container.kind} ${membership.container.path}, and no state that was given declares it.`,
        declared: [],
      })),
    ...undeclaredVariables(evidence),
  ];
}

function isUndeclared({ declared }: Evidence, { userId }: PicturedAccount): boolean {
  return declared.accountsOf(userId).length === 0;
}

function ofOne(account: PicturedAccount): Found {
  const base = { code: "undeclared-account", object: ofAccount(account), declared: [] } as const;
  if (account.kind === "agent") {
    return {
      ...base,
      severity: "note",
      reason: "No state that was given declares it. It is named as GitLab names its own agents.",
      remedy:
        "If a Duo flow created it, leave it to GitLab, which creates and keeps such accounts itself; if not, find out where it comes from.",
    };
  }
  return { ...base, reason: "No state that was given declares it." };
}

/** A working token that does not belong to a run that may still be in progress. */
function isOpenToken({ declared, live }: Evidence, token: PicturedToken): boolean {
  if (token.state !== "active" || declared.anyTokenOf(token.tokenId).length > 0) return false;
  return token.marker?.generation !== EPHEMERAL_GENERATION || isOld(token, live.picture.startedAt);
}

function undeclaredToken(token: PicturedToken, account: PicturedAccount | undefined): Found {
  const made =
    token.marker === null
      ? ""
      : " glsa created it, so the state that has it was not given, or is lost.";
  return {
    code: "undeclared-token",
    object: tokenObject(token, account),
    reason: `It works, and no state that was given declares it.${made}`,
    declared: [],
  };
}

/** Created by glsa, and in no declaration although another token of the same one is. */
function leftOverTokens({ live, declared }: Evidence): Found[] {
  const { tokens, startedAt } = live.picture;
  const declaredKeys = new Map(
    tokens.flatMap(({ marker, tokenId }) => {
      const places = declared.anyTokenOf(tokenId);
      return marker === null || places.length === 0 ? [] : [[marker.key, places] as const];
    }),
  );
  return tokens.flatMap((token): Found[] => {
    const { marker } = token;
    if (token.state !== "active" || marker === null) return [];
    if (declared.anyTokenOf(token.tokenId).length > 0) return [];
    const object = tokenObject(token, live.account(token.userId));
    if (marker.generation === EPHEMERAL_GENERATION) {
      if (!isOld(token, startedAt)) return [];
      const reason = `An ephemeral resource created it on ${token.createdAt.slice(0, 10)}, and its run has not revoked it.`;
      return [{ code: "left-over-token", object, reason, declared: [] }];
    }
    const places = declaredKeys.get(marker.key);
    if (places === undefined) return [];
    const reason = `It carries the marker of a declared token (generation ${marker.generation}), and its state does not know it.`;
    const at = places.map(({ state, of: { address } }) => ({ state, address }));
    return [{ code: "left-over-token", object, reason, declared: at }];
  });
}

function isOld({ createdAt }: PicturedToken, now: string): boolean {
  return Date.parse(now) - Date.parse(createdAt) > LONGEST_RUN;
}

function undeclaredVariables({ live, declared }: Evidence): Found[] {
  return live.picture.variables
    .filter(
      ({ container, key, environmentScope }) =>
        declared.variablesOf(container, key, environmentScope).length === 0,
    )
    .map(({ container, key, environmentScope, note }) => ({
      code: "undeclared-variable" as const,
      object: variableObject(key, environmentScope, container.path),
      reason: `glsa delivered token ${note.tokenId} there, and no state that was given delivers anything to it.`,
      declared: [],
    }));
}

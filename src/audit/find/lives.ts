import type { PicturedAccount, PicturedToken } from "../../estate";
import { addDays, daysBetween, EPHEMERAL_GENERATION, formatDays } from "../../model";
import { placesOf } from "../states";
import { ofAccount, tokenObject, type Evidence, type Found } from "./found";

/** How far back an expiry without a replacement is reported. */
const RECENT_DAYS = 30;

/** Tokens that have ended, end soon, are not used, or are too many. */
export function tokenLives(evidence: Evidence): Found[] {
  const { live } = evidence;
  return live.picture.tokens.flatMap((token) => {
    const account = live.account(token.userId);
    if (account === undefined) return [];
    if (token.state === "expired") return expired(evidence, token, account);
    if (token.state !== "active") return [];
    return [
      ...expiring(evidence, token, account),
      ...unused(evidence, token, account),
      ...ofAgent(evidence, token, account),
    ];
  });
}

function expired(evidence: Evidence, token: PicturedToken, account: PicturedAccount): Found[] {
  const { declared, live, today } = evidence;
  const at = declared.tokensOf(token.tokenId);
  const object = tokenObject(token, account);
  if (at.length > 0) {
    const reason = `It has expired on ${token.expiresAt}, and code declares it as the one that is delivered.`;
    return [{ code: "expired-token", object, reason, declared: placesOf(at) }];
  }
  const isRecent = token.expiresAt !== null && token.expiresAt >= addDays(today, -RECENT_DAYS);
  const isReplaced = live.liveTokensOf(token.userId).some(({ name }) => name === token.name);
  const wasReplaced = declared.anyTokenOf(token.tokenId).length > 0;
  if (!isRecent || isReplaced || wasReplaced) return [];
  const reason = `It has expired on ${token.expiresAt}, and the account has no other token of that name that works.`;
  return [{ code: "expired-token", severity: "warning", object, reason, declared: [] }];
}

function expiring(
  { declared, today, thresholds }: Evidence,
  token: PicturedToken,
  account: PicturedAccount,
): Found[] {
  const { expiresAt, tokenId } = token;
  if (expiresAt === null || expiresAt > addDays(today, thresholds.expiringWithinDays)) return [];
  const current = declared.tokensOf(tokenId);
  // Already replaced: it ends without an effect.
  if (current.length === 0 && declared.anyTokenOf(tokenId).length > 0) return [];
  if (current.some(({ of: { rotatesAt } }) => rotatesAt !== undefined && rotatesAt < expiresAt))
    return [];
  if (token.marker?.generation === EPHEMERAL_GENERATION) return [];
  const days = daysBetween(today, expiresAt);
  const rotation = current.length > 0 ? " Its declaration does not rotate it before." : "";
  return [
    {
      code: "expiring-token",
      object: tokenObject(token, account),
      reason: `It expires in ${formatDays(days)}, on ${expiresAt}.${rotation}`,
      declared: placesOf(current),
    },
  ];
}

function unused(
  { declared, today, thresholds }: Evidence,
  token: PicturedToken,
  account: PicturedAccount,
): Found[] {
  const object = tokenObject(token, account);
  const at = placesOf(declared.anyTokenOf(token.tokenId));
  if (token.lastUsedAt === null) {
    const age = daysBetween(token.createdAt.slice(0, 10), today);
    if (age <= thresholds.neverUsedForDays) return [];
    const reason = `It was made ${formatDays(age)} ago and was never used.`;
    return [{ code: "never-used-token", object, reason, declared: at }];
  }
  const quiet = daysBetween(token.lastUsedAt.slice(0, 10), today);
  if (quiet <= thresholds.unusedForDays) return [];
  const reason = `It was last used ${formatDays(quiet)} ago, on ${token.lastUsedAt.slice(0, 10)}.`;
  return [{ code: "unused-token", object, reason, declared: at }];
}

function ofAgent({ declared }: Evidence, token: PicturedToken, account: PicturedAccount): Found[] {
  if (account.kind !== "agent") return [];
  return [
    {
      code: "agent-token",
      object: tokenObject(token, account),
      reason: `${account.username} is named as an agent of GitLab, and those never have a token.`,
      declared: placesOf(declared.anyTokenOf(token.tokenId)),
    },
  ];
}

const LEAVE_AGENTS =
  "If a Duo flow created it, leave it to GitLab; its agents need none. If not, find out where it comes from.";

/** Accounts that are blocked with tokens, have several for one purpose, or have nothing. */
export function accountLives(evidence: Evidence): Found[] {
  const { live, declared } = evidence;
  return live.picture.accounts.flatMap((account) => {
    const found: Found[] = [];
    const object = ofAccount(account);
    const advice = account.kind === "agent" ? { remedy: LEAVE_AGENTS } : {};
    const at = placesOf(declared.accountsOf(account.userId));
    const tokens = live.liveTokensOf(account.userId);
    if (account.state !== null && account.state !== "active" && tokens.length > 0) {
      const reason = `It is ${account.state}, and ${tokens.length === 1 ? "one of its tokens is" : `${tokens.length} of its tokens are`} neither revoked nor expired.`;
      found.push({ code: "blocked-account", object, reason, declared: at });
    }
    if (account.tokensSeen && tokens.length === 0) {
      const reason = "It has no token that works.";
      found.push({ code: "account-without-token", object, reason, declared: at, ...advice });
    }
    const memberships = live.membershipsOf(account.userId);
    if (live.knowsAllMemberships && memberships.length === 0) {
      const reason = "It is a member of no group and no project.";
      found.push({ code: "account-without-membership", object, reason, declared: at, ...advice });
    }
    return [...found, ...sameNames(evidence, account, tokens)];
  });
}

/** For glsa's own tokens the policy limits how many generations may work. */
function sameNames(
  { declared }: Evidence,
  account: PicturedAccount,
  tokens: readonly PicturedToken[],
): Found[] {
  const byName = new Map<string, PicturedToken[]>();
  for (const token of tokens) {
    if (token.marker !== null) continue;
    byName.set(token.name, [...(byName.get(token.name) ?? []), token]);
  }
  return [...byName.values()].flatMap((same): Found[] => {
    const [newest, ...older] = same;
    if (newest === undefined || older.length === 0) return [];
    const numbers = older.map(({ tokenId }) => tokenId).join(", ");
    return [
      {
        code: "several-live-tokens",
        object: tokenObject(newest, account),
        reason: `${same.length} tokens of this name work at the same time; the others are ${numbers}.`,
        declared: placesOf(declared.anyTokenOf(newest.tokenId)),
      },
    ];
  });
}

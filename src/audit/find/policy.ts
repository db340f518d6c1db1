import type { PicturedMembership, PicturedSharedAccess, PicturedToken } from "../../estate";
import { ACCESS_LEVELS, daysBetween, EPHEMERAL_GENERATION, grantsOf } from "../../model";
import { judge, type Facts, type Finding } from "../../model/policy";
import type { FindingObject, Declared } from "../finding";
import { placesOf } from "../states";
import { membershipObject, ofMembership, tokenObject, type Evidence } from "./found";

/** A breach of the policy, with its object. */
export interface Breach {
  readonly finding: Finding;
  readonly object: FindingObject;
  readonly declared: readonly Declared[];
  /** Whether an exception covers it today. */
  readonly isExcepted: boolean;
}

/** The policy's findings about working tokens and memberships. */
export function breaches(evidence: Evidence): Breach[] {
  const { live, declared } = evidence;
  const { tokens, memberships, sharedAccess } = live.picture;
  const generations = liveGenerations(tokens);
  return [
    ...tokens
      .filter(({ state }) => state === "active")
      .flatMap((token) => {
        const object = tokenObject(token, live.account(token.userId));
        const at = placesOf(declared.anyTokenOf(token.tokenId));
        return judged(evidence, tokenFacts(token, object, generations), object, at);
      }),
    ...memberships.flatMap((membership) => {
      const object = ofMembership(membership, live.account(membership.userId));
      const at = placesOf(declared.membershipsOf(membership.userId, membership.container));
      return membershipBreaches(evidence, membership, object, at);
    }),
    ...sharedAccess.flatMap((access) => sharedBreaches(evidence, access)),
  ];
}

function tokenFacts(
  token: PicturedToken,
  { label, address }: FindingObject,
  generations: ReadonlyMap<string, readonly PicturedToken[]>,
): Facts {
  const { scopes, isGranular, granularScopes, description, expiresAt, createdAt, marker } = token;
  const same = marker === null ? [] : (generations.get(marker.key) ?? []);
  return {
    kind: "token",
    label,
    address,
    scopes,
    ...(isGranular && granularScopes === null
      ? {}
      : { permissions: grantsOf(granularScopes ?? []) }),
    description,
    neverExpires: expiresAt === null,
    ...(expiresAt !== null && { lifetimeDays: daysBetween(createdAt.slice(0, 10), expiresAt) }),
    // Reported once, for the newest.
    ...(same[0] === token && { liveTokens: same.length }),
  };
}

function liveGenerations(tokens: readonly PicturedToken[]): Map<string, PicturedToken[]> {
  const byKey = new Map<string, PicturedToken[]>();
  for (const token of tokens) {
    const { marker, state } = token;
    if (state !== "active" || marker === null || marker.generation === EPHEMERAL_GENERATION)
      continue;
    byKey.set(marker.key, [...(byKey.get(marker.key) ?? []), token]);
  }
  for (const same of byKey.values()) same.sort((left, right) => right.tokenId - left.tokenId);
  return byKey;
}

function membershipBreaches(
  evidence: Evidence,
  membership: PicturedMembership,
  object: FindingObject,
  declared: readonly Declared[],
): Breach[] {
  const { role, inherited } = membership;
  const { label, address } = object;
  const facts = (as: typeof role): Facts => ({
    kind: "membership",
    label,
    address,
    ...(as !== null && { role: as }),
  });
  const own = judged(evidence, facts(role), object, declared);
  if (own.length > 0 || inherited === null) return own;
  return judged(evidence, facts(inherited.role), object, declared).map((breach) => ({
    ...breach,
    finding: {
      ...breach.finding,
      detail: `Here it has the role ${role ?? membership.accessLevel}, and from group ${inherited.from.path} the role ${inherited.role}; the highest allowed is ${highestAllowed(evidence)}.`,
      remedy: `Lower its role in group ${inherited.from.path}.`,
    },
  }));
}

/** The membership is judged where it is; here only what it gives elsewhere. */
function sharedBreaches(evidence: Evidence, access: PicturedSharedAccess): Breach[] {
  const { userId, container, role, through, memberOf } = access;
  if (role === null) return [];
  const object = membershipObject(userId, container.path, evidence.live.account(userId));
  const { label, address } = object;
  const at = placesOf(evidence.declared.membershipsOf(userId, memberOf));
  return judged(evidence, { kind: "membership", label, address, role }, object, at).map(
    (breach) => ({
      ...breach,
      finding: {
        ...breach.finding,
        detail: `It has the role ${role} here since group ${through.path} was invited and the account is a member of ${memberOf.path}; the highest allowed is ${highestAllowed(evidence)}.`,
        remedy: `Lower its role in group ${memberOf.path}, or the role with which ${through.path} is invited.`,
      },
    }),
  );
}

function highestAllowed({ policy }: Evidence): string {
  return policy.maxRole in ACCESS_LEVELS ? policy.maxRole : "owner";
}

function judged(
  { policy, today }: Evidence,
  facts: Facts,
  object: FindingObject,
  declared: readonly Declared[],
): Breach[] {
  const { findings, excepted } = judge([facts], policy, { stage: "audit", today });
  return [
    ...findings.map((finding) => ({ finding, object, declared, isExcepted: false })),
    ...excepted.map((finding) => ({ finding, object, declared, isExcepted: true })),
  ];
}

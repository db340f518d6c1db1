import type { AuditFinding } from "../../src/audit/finding";
import type {
  Gap,
  Picture,
  PicturedAccount,
  PicturedContainer,
  PicturedMembership,
  PicturedSharedAccess,
  PicturedToken,
} from "../../src/estate";
import { ACCESS_LEVELS, type RoleName } from "../../src/model";

/** The accounts of the instance, refused. */
export const GAP: Gap = {
  hides: ["accounts"],
  container: null,
  userId: null,
  route: "/service_accounts",
  status: 403,
  reason: "GitLab did not show it.",
  remedy: "Ask again.",
  isExpected: false,
};

/** A picture of nothing, complete, as an administrator sees it. */
export function picture(parts: Partial<Picture> = {}): Picture {
  return {
    instance: { url: "https://gitlab.example.com", version: "19.1.1-ee", tier: "ultimate" },
    askedBy: { userId: 1, username: "root", isAdministrator: true, token: null },
    scope: { kind: "instance" },
    startedAt: "2027-03-01T08:00:00.000Z",
    finishedAt: "2027-03-01T08:00:30.000Z",
    today: "2027-03-01",
    accounts: [],
    tokens: [],
    memberships: [],
    sharedAccess: [],
    variables: [],
    containers: [],
    gaps: [],
    isComplete: true,
    requests: [],
    ...parts,
  };
}

export function picturedGroup(id: number, path: string): PicturedContainer {
  return { kind: "group", id, path, parentId: null };
}

export function picturedAccount(
  userId: number,
  parts: Partial<PicturedAccount> = {},
): PicturedAccount {
  return {
    userId,
    username: `account-${userId}`,
    name: `Account ${userId}`,
    email: null,
    kind: "service_account",
    state: "active",
    isDeletionPending: false,
    createdAt: "2026-01-01T00:00:00.000Z",
    owner: { kind: "group", id: 12, path: "platform" },
    isForeign: false,
    tokensSeen: true,
    ...parts,
  };
}

export function picturedToken(
  tokenId: number,
  userId: number,
  parts: Partial<PicturedToken> = {},
): PicturedToken {
  return {
    tokenId,
    userId,
    name: `token-${tokenId}`,
    description: null,
    scopes: ["read_api"],
    isGranular: false,
    granularScopes: null,
    state: "active",
    createdAt: "2027-02-01T00:00:00.000Z",
    expiresAt: "2027-08-01",
    lastUsedAt: "2027-02-28T00:00:00.000Z",
    lastUsedIps: null,
    marker: null,
    ...parts,
  };
}

export function picturedMembership(
  userId: number,
  container: PicturedContainer,
  parts: Partial<PicturedMembership> = {},
): PicturedMembership {
  return {
    userId,
    container,
    role: "developer",
    accessLevel: 30,
    customRole: null,
    expiresAt: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    inherited: null,
    ...parts,
  };
}

/** Since group 12 was invited. */
export function picturedAccess(
  userId: number,
  container: PicturedContainer,
  role: RoleName,
): PicturedSharedAccess {
  const through = picturedGroup(12, "platform");
  const about = { userId, container, through, memberOf: through };
  return { ...about, role, accessLevel: ACCESS_LEVELS[role], expiresAt: null };
}

export function auditFinding(parts: Partial<AuditFinding> = {}): AuditFinding {
  return {
    code: "undeclared-account",
    severity: "warning",
    object: {
      kind: "account",
      label: "account account-7",
      address: "account-7",
      userId: 7,
      username: "account-7",
      tokenId: null,
      container: null,
    },
    reason: "No state that was given declares it.",
    remedy: "Adopt it with glsa adopt, or delete it.",
    declared: [],
    status: "open",
    waiver: null,
    fingerprint: "0".repeat(64),
    ...parts,
  };
}

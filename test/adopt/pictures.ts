import type {
  Picture,
  PicturedAccount,
  PicturedContainer,
  PicturedMembership,
  PicturedToken,
} from "../../src/estate";

export const PLATFORM: PicturedContainer = {
  kind: "group",
  id: 12,
  path: "platform",
  parentId: null,
};
export const APPS: PicturedContainer = {
  kind: "group",
  id: 14,
  path: "platform/apps",
  parentId: 12,
};
export const CHARTS: PicturedContainer = {
  kind: "project",
  id: 7,
  path: "platform/charts",
  parentId: 12,
};

export function account(
  userId: number,
  username: string,
  fields: Partial<PicturedAccount> = {},
): PicturedAccount {
  return {
    userId,
    username,
    name: username,
    email: `service_account_${userId}@noreply.gitlab.example.com`,
    kind: "service_account",
    state: "active",
    isDeletionPending: false,
    createdAt: null,
    owner: { kind: "group", id: PLATFORM.id, path: PLATFORM.path },
    isForeign: false,
    tokensSeen: true,
    ...fields,
  };
}

export function token(
  tokenId: number,
  userId: number,
  fields: Partial<PicturedToken> = {},
): PicturedToken {
  return {
    tokenId,
    userId,
    name: "ci",
    description: null,
    scopes: ["read_api"],
    isGranular: false,
    state: "active",
    createdAt: "2026-09-01T00:00:00.000Z",
    expiresAt: "2027-03-01",
    lastUsedAt: null,
    lastUsedIps: null,
    marker: null,
    ...fields,
  };
}

export function membership(
  userId: number,
  container: PicturedContainer,
  fields: Partial<PicturedMembership> = {},
): PicturedMembership {
  return {
    userId,
    container,
    role: "developer",
    accessLevel: 30,
    customRole: null,
    expiresAt: null,
    createdAt: null,
    inherited: null,
    ...fields,
  };
}

export function picture(parts: Pick<Picture, "accounts"> & Partial<Picture>): Picture {
  return {
    instance: { url: "https://gitlab.example.com", version: "19.1.1-ee", tier: "ultimate" },
    askedBy: { userId: 1, username: "root", isAdministrator: true, token: null },
    scope: { kind: "instance" },
    startedAt: "2026-11-29T00:00:00.000Z",
    finishedAt: "2026-11-29T00:00:00.000Z",
    today: "2026-11-29",
    tokens: [],
    memberships: [],
    variables: [],
    containers: [PLATFORM, APPS, CHARTS],
    gaps: [],
    isComplete: true,
    requests: [],
    ...parts,
  };
}

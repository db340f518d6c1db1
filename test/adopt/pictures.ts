import type {
  Picture,
  PicturedAccount,
  PicturedContainer,
  PicturedMembership,
  PicturedToken,
} from "../../src/estate";
import * as estate from "../estate/pictures";

export const PLATFORM: PicturedContainer = estate.picturedGroup(12, "platform");
export const APPS: PicturedContainer = {
  ...estate.picturedGroup(14, "platform/apps"),
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
  return estate.picturedAccount(userId, {
    username,
    name: username,
    email: `service_account_${userId}@noreply.gitlab.example.com`,
    createdAt: null,
    ...fields,
  });
}

export function token(
  tokenId: number,
  userId: number,
  fields: Partial<PicturedToken> = {},
): PicturedToken {
  return estate.picturedToken(tokenId, userId, {
    name: "ci",
    createdAt: "2026-09-01T00:00:00.000Z",
    expiresAt: "2027-03-01",
    lastUsedAt: null,
    ...fields,
  });
}

export function membership(
  userId: number,
  container: PicturedContainer,
  fields: Partial<PicturedMembership> = {},
): PicturedMembership {
  return estate.picturedMembership(userId, container, { createdAt: null, ...fields });
}

export function picture(parts: Pick<Picture, "accounts"> & Partial<Picture>): Picture {
  return estate.picture({
    startedAt: "2026-11-29T00:00:00.000Z",
    finishedAt: "2026-11-29T00:00:00.000Z",
    today: "2026-11-29",
    containers: [PLATFORM, APPS, CHARTS],
    ...parts,
  });
}

import { auditOf, type AuditOptions } from "../../src/audit";
import type { Picture } from "../../src/estate";
import {
  picture,
  picturedAccount,
  picturedGroup,
  picturedMembership,
  picturedToken,
} from "../estate/pictures";
import { state } from "./states";

export const platform = picturedGroup(12, "platform");
export const apps = { ...picturedGroup(13, "platform/apps"), parentId: 12 };
export const project = { kind: "project", id: 5, path: "platform/charts", parentId: 12 } as const;
export const marker = (generation: number) => ({ key: "0123456789abcdef0123", generation });

export const account = picturedAccount(7);
export const token = picturedToken(81, 7);
export const membership = picturedMembership(7, platform);
export const whole = { accounts: [account], tokens: [token], memberships: [membership] };
export const declaresAll = state({
  accounts: [{ userId: 7 }],
  tokens: [{ userId: 7, tokenId: 81 }],
  memberships: [{ userId: 7, group: 12 }],
});

export interface Scene {
  readonly live?: Partial<Picture>;
  readonly options?: Partial<AuditOptions>;
}

export function codes({ live = {}, options = {} }: Scene): string[] {
  const seen = picture({ containers: [platform, apps, project], ...whole, ...live });
  return auditOf(seen, { states: [declaresAll], ...options })
    .findings.filter(({ status }) => status === "open")
    .map(({ code }) => code);
}

/** Scenes in which a kind is found, and scenes that are nearly so. */
export type Scenes = Readonly<Record<string, { found: readonly Scene[]; near: readonly Scene[] }>>;

import type { Gap } from "../../src/estate";
import { GAP, picturedAccount, picturedMembership, picturedToken } from "../estate/pictures";
import {
  account,
  apps,
  declaresAll,
  marker,
  membership,
  platform,
  project,
  token,
  type Scenes,
} from "./audited";
import { POLICY_SCENES } from "./policy-scenes";
import { state } from "./states";

const variable = {
  container: project,
  key: "TOKEN",
  environmentScope: "*",
  variableType: "env_var",
  isProtected: false,
  isMasked: true,
  isHidden: false,
  isRaw: true,
  note: { tokenId: 81, marker: marker(1) },
};
const delivers = state({
  accounts: [{ userId: 7 }],
  tokens: [{ userId: 7, tokenId: 81, variable: { project: "Platform/Charts", key: "TOKEN" } }],
  memberships: [{ userId: 7, group: 12 }],
});

const gap = (parts: Partial<Gap>): Gap => ({ ...GAP, ...parts });

/** For each kind, scenes in which it is found, and scenes that are nearly so. */
export const SCENES: Scenes = {
  "undeclared-account": {
    found: [
      { live: { accounts: [account, picturedAccount(8)] } },
      { live: { accounts: [account, picturedAccount(8, { username: "ai-x", kind: "agent" })] } },
    ],
    near: [
      { live: { accounts: [account, picturedAccount(8)] }, options: { states: [] } },
      { live: { accounts: [account, picturedAccount(8, { isForeign: true })] } },
    ],
  },
  "undeclared-token": {
    found: [{ live: { tokens: [token, picturedToken(82, 7)] } }],
    near: [
      { live: { tokens: [token, picturedToken(82, 7, { state: "revoked" })] } },
      { live: { tokens: [token, picturedToken(82, 7, { state: "expired" })] } },
      {
        live: { tokens: [token, picturedToken(82, 7)] },
        options: {
          states: [
            state({
              accounts: [{ userId: 7 }],
              tokens: [{ userId: 7, tokenId: 81, previous: [82] }],
              memberships: [{ userId: 7, group: 12 }],
            }),
          ],
        },
      },
    ],
  },
  "undeclared-membership": {
    found: [{ live: { memberships: [membership, picturedMembership(7, apps)] } }],
    near: [{ live: {} }],
  },
  "undeclared-variable": {
    found: [{ live: { variables: [variable] } }],
    near: [{ live: { variables: [variable] }, options: { states: [delivers] } }],
  },
  "missing-account": {
    found: [{ live: { accounts: [], tokens: [], memberships: [] } }],
    near: [
      { live: { accounts: [], tokens: [], memberships: [], gaps: [gap({})] } },
      {
        live: {
          accounts: [],
          tokens: [],
          memberships: [],
          scope: { kind: "group", id: 13, path: "platform/apps" },
        },
      },
    ],
  },
  "missing-token": {
    found: [
      { live: { tokens: [] } },
      { live: { tokens: [picturedToken(81, 7, { state: "revoked" })] } },
    ],
    near: [{ live: { tokens: [], accounts: [picturedAccount(7, { tokensSeen: false })] } }],
  },
  "missing-membership": {
    found: [{ live: { memberships: [] } }],
    near: [
      { live: { memberships: [], gaps: [gap({ hides: ["memberships"], container: platform })] } },
      { live: { memberships: [], scope: { kind: "group", id: 13, path: "platform/apps" } } },
    ],
  },
  "missing-variable": {
    found: [{ options: { states: [delivers] } }],
    near: [
      { live: { variables: [variable] }, options: { states: [delivers] } },
      {
        live: { gaps: [gap({ hides: ["variables"], container: project })] },
        options: { states: [delivers] },
      },
      {
        live: { gaps: [gap({ hides: ["variables"], isExpected: true })] },
        options: { states: [delivers] },
      },
    ],
  },
  "changed-by-hand": {
    found: [
      {
        live: {
          memberships: [picturedMembership(7, platform, { role: "maintainer", accessLevel: 40 })],
        },
      },
      { live: { memberships: [picturedMembership(7, platform, { expiresAt: "2027-09-01" })] } },
      {
        live: {
          memberships: [picturedMembership(7, platform, { customRole: { id: 3, name: "x" } })],
        },
      },
      { live: { accounts: [picturedAccount(7, { username: "renamed" })] } },
      { live: { accounts: [picturedAccount(7, { name: "Renamed" })] } },
    ],
    near: [{ live: {} }],
  },
  "declared-twice": {
    found: [
      { options: { states: [declaresAll, state({ accounts: [{ userId: 7 }] }, "other.json")] } },
    ],
    near: [
      {
        live: { accounts: [account, picturedAccount(8)] },
        options: { states: [declaresAll, state({ accounts: [{ userId: 8 }] }, "other.json")] },
      },
    ],
  },
  "other-instance": {
    found: [
      {
        options: {
          states: [
            declaresAll,
            state({ accounts: [{ userId: 90 }, { userId: 91 }, { userId: 92 }] }, "other.json"),
          ],
        },
      },
    ],
    near: [
      { options: { states: [declaresAll, state({ accounts: [{ userId: 90 }] }, "other.json")] } },
      {
        options: {
          states: [
            state({ accounts: [{ userId: 7 }, { userId: 91 }, { userId: 92 }] }, "other.json"),
          ],
        },
      },
    ],
  },
  "expired-token": {
    found: [
      { live: { tokens: [picturedToken(81, 7, { state: "expired", expiresAt: "2026-12-01" })] } },
      {
        live: {
          tokens: [token, picturedToken(82, 7, { state: "expired", expiresAt: "2027-02-20" })],
        },
      },
    ],
    near: [
      {
        live: {
          tokens: [token, picturedToken(82, 7, { state: "expired", expiresAt: "2026-11-01" })],
        },
      },
      {
        live: {
          tokens: [
            token,
            picturedToken(82, 7, { name: "token-81", state: "expired", expiresAt: "2027-02-20" }),
          ],
        },
      },
    ],
  },
  "expiring-token": {
    found: [{ live: { tokens: [picturedToken(81, 7, { expiresAt: "2027-03-31" })] } }],
    near: [
      { live: { tokens: [picturedToken(81, 7, { expiresAt: "2027-04-01" })] } },
      {
        live: { tokens: [picturedToken(81, 7, { expiresAt: "2027-03-10" })] },
        options: {
          states: [
            state({
              accounts: [{ userId: 7 }],
              tokens: [
                { userId: 7, tokenId: 81, rotatesAt: "2027-03-05", expiresAt: "2027-03-10" },
              ],
              memberships: [{ userId: 7, group: 12 }],
            }),
          ],
        },
      },
    ],
  },
  "never-used-token": {
    found: [
      {
        live: {
          tokens: [picturedToken(81, 7, { lastUsedAt: null, createdAt: "2027-01-29T00:00:00Z" })],
        },
      },
    ],
    near: [
      {
        live: {
          tokens: [picturedToken(81, 7, { lastUsedAt: null, createdAt: "2027-01-30T00:00:00Z" })],
        },
      },
    ],
  },
  "unused-token": {
    found: [{ live: { tokens: [picturedToken(81, 7, { lastUsedAt: "2026-11-30T00:00:00Z" })] } }],
    near: [{ live: { tokens: [picturedToken(81, 7, { lastUsedAt: "2026-12-01T00:00:00Z" })] } }],
  },
  "several-live-tokens": {
    found: [{ live: { tokens: [token, picturedToken(82, 7, { name: "token-81" })] } }],
    near: [
      { live: { tokens: [token, picturedToken(82, 7)] } },
      { live: { tokens: [token, picturedToken(82, 7, { name: "token-81", state: "revoked" })] } },
    ],
  },
  "left-over-token": {
    found: [
      {
        live: {
          tokens: [
            picturedToken(81, 7, { marker: marker(2) }),
            picturedToken(82, 7, { marker: marker(3) }),
          ],
        },
      },
      {
        live: {
          tokens: [
            token,
            picturedToken(82, 7, { marker: marker(0), createdAt: "2027-02-27T00:00:00Z" }),
          ],
        },
      },
    ],
    near: [
      {
        live: {
          tokens: [
            picturedToken(81, 7, { marker: marker(2) }),
            picturedToken(82, 7, { marker: marker(3), state: "revoked" }),
          ],
        },
      },
      {
        live: {
          tokens: [
            token,
            picturedToken(82, 7, { marker: marker(0), createdAt: "2027-03-01T07:00:00Z" }),
          ],
        },
      },
    ],
  },
  "blocked-account": {
    found: [{ live: { accounts: [picturedAccount(7, { state: "blocked" })] } }],
    near: [
      { live: { accounts: [picturedAccount(7, { state: "blocked" })], tokens: [] } },
      { live: { accounts: [picturedAccount(7, { state: null })] } },
    ],
  },
  "account-without-token": {
    found: [{ live: { tokens: [] } }],
    near: [{ live: { tokens: [], accounts: [picturedAccount(7, { tokensSeen: false })] } }],
  },
  "account-without-membership": {
    found: [{ live: { memberships: [] } }],
    near: [
      { live: { memberships: [], gaps: [gap({ hides: ["memberships"], container: apps })] } },
      { live: { memberships: [], scope: { kind: "group", id: 12, path: "platform" } } },
    ],
  },
  "agent-token": {
    found: [{ live: { accounts: [picturedAccount(7, { username: "ai-x", kind: "agent" })] } }],
    near: [
      { live: { accounts: [picturedAccount(7, { username: "aide" })] } },
      {
        live: { accounts: [picturedAccount(7, { username: "ai-x", kind: "agent" })], tokens: [] },
      },
    ],
  },
  "ended-ignore": {
    found: [
      {
        live: { tokens: [] },
        options: {
          ignore: [{ code: "missing-*", object: "*", reason: "moves", until: "2027-02-28" }],
        },
      },
    ],
    near: [
      {
        live: { tokens: [] },
        options: {
          ignore: [{ code: "missing-*", object: "*", reason: "moves", until: "2027-03-01" }],
        },
      },
      {
        options: {
          ignore: [{ code: "missing-*", object: "*", reason: "moves", until: "2027-02-28" }],
        },
      },
    ],
  },
  ...POLICY_SCENES,
};

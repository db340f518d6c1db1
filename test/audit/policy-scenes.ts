import type { PicturedToken } from "../../src/estate";
import type { RoleName } from "../../src/model";
import { policyOf } from "../../src/model/policy";
import { picturedAccess, picturedMembership, picturedToken } from "../estate/pictures";
import { apps, marker, membership, platform, type Scenes } from "./audited";

const through = (role: RoleName) => ({ sharedAccess: [picturedAccess(7, apps, role)] });
const permissions = policyOf({
  forbiddenPermissions: ["delete_*"],
  permissionsNeedingReason: ["create_*"],
});

function granularToken(permission: string): PicturedToken {
  const granularScopes = [{ access: "user", permissions: [permission] }];
  return picturedToken(81, 7, { scopes: ["granular"], isGranular: true, granularScopes });
}

const developersAtMost = { policy: policyOf({ maxRole: "developer" }) };

export const POLICY_SCENES: Scenes = {
  "max-lifetime": {
    found: [{ options: { policy: policyOf({ maxLifetimeDays: 180 }) } }],
    near: [{ options: { policy: policyOf({ maxLifetimeDays: 181 }) } }],
  },
  "forbidden-scope": {
    found: [{ live: { tokens: [picturedToken(81, 7, { scopes: ["sudo"] })] } }],
    near: [{ live: { tokens: [picturedToken(81, 7, { scopes: ["sudo"], state: "revoked" })] } }],
  },
  "scope-without-reason": {
    found: [{ live: { tokens: [picturedToken(81, 7, { scopes: ["api"] })] } }],
    near: [
      { live: { tokens: [picturedToken(81, 7, { scopes: ["api"], description: "merges" })] } },
    ],
  },
  "forbidden-permission": {
    found: [
      { live: { tokens: [granularToken("delete_group")] }, options: { policy: permissions } },
    ],
    near: [{ live: { tokens: [granularToken("read_user")] }, options: { policy: permissions } }],
  },
  "permission-without-reason": {
    found: [
      { live: { tokens: [granularToken("create_member")] }, options: { policy: permissions } },
    ],
    near: [{ live: { tokens: [granularToken("read_user")] }, options: { policy: permissions } }],
  },
  "never-expiring-token": {
    found: [{ live: { tokens: [picturedToken(81, 7, { expiresAt: null })] } }],
    near: [{ live: { tokens: [picturedToken(81, 7, { expiresAt: null, state: "revoked" })] } }],
  },
  "max-live-tokens": {
    found: [
      {
        live: { tokens: [83, 82, 81].map((id) => picturedToken(id, 7, { marker: marker(id) })) },
      },
    ],
    near: [
      { live: { tokens: [82, 81].map((id) => picturedToken(id, 7, { marker: marker(id) })) } },
    ],
  },
  "max-role": {
    found: [
      { options: { policy: policyOf({ maxRole: "reporter" }) } },
      {
        live: {
          memberships: [
            membership,
            picturedMembership(7, apps, {
              role: "reporter",
              accessLevel: 20,
              inherited: { role: "maintainer", accessLevel: 40, from: platform },
            }),
          ],
        },
        options: developersAtMost,
      },
      { live: through("maintainer"), options: developersAtMost },
    ],
    near: [
      { options: developersAtMost },
      { live: through("developer"), options: developersAtMost },
    ],
  },
};

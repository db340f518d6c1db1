import type { AuditFinding, FindingSeverity } from "../../src/audit/finding";
import type {
  Gap,
  Picture,
  PicturedAccount,
  PicturedContainer,
  PicturedMembership,
  PicturedSharedAccess,
  PicturedToken,
  PicturedVariable,
} from "../../src/estate";
import { addDays, markerKey, ROLE_NAMES, ACCESS_LEVELS } from "../../src/model";
import type { TokenSchedule } from "../../src/page";

export const TODAY = "2026-06-15";

/** A plausible estate, always the same for the same number of accounts. */
export interface SampleEstate {
  readonly picture: Picture;
  readonly findings: readonly AuditFinding[];
  readonly schedules: readonly TokenSchedule[];
}

const TEAMS = ["platform", "payments", "search", "data", "mobile", "security", "web", "infra"];
const PURPOSES = ["deployer", "release-bot", "mirror", "scanner", "renovate", "backup", "metrics"];

export function sampleEstate(size: number): SampleEstate {
  const containers = containersFor(size);
  const accounts = Array.from({ length: size }, (_, index) => account(index, containers));
  const made = accounts.flatMap((each, index) => tokensOf(each, index));
  const tokens = made.map(({ token }) => token);
  const memberships = accounts.flatMap((each, index) => membershipsOf(each, index, containers));
  const picture: Picture = {
    instance: { url: "https://gitlab.example.com", version: "19.1.1-ee", tier: "premium" },
    askedBy: {
      userId: 7,
      username: "estate-auditor",
      isAdministrator: true,
      token: { id: 12, name: "audit", scopes: ["read_api", "admin_mode"], expiresAt: "2026-09-01" },
    },
    scope: { kind: "instance" },
    startedAt: `${TODAY}T06:00:04.120Z`,
    finishedAt: `${TODAY}T06:01:33.870Z`,
    today: TODAY,
    accounts,
    tokens,
    memberships,
    sharedAccess: sharedAccessOf(memberships, containers),
    variables: tokens.flatMap((token, index) =>
      variablesOf(token, containers[index % containers.length]),
    ),
    containers,
    gaps: gapsOf(accounts, containers),
    isComplete: false,
    requests: [
      { method: "GET", route: "/personal_access_tokens", count: Math.ceil(size / 50) },
      { method: "GET", route: "/service_accounts", count: Math.ceil(size / 100) },
      { method: "GET", route: "/groups/:id/members", count: containers.length },
    ],
  };
  return {
    picture,
    findings: accounts.flatMap((each, index) => findingsOf(each, index)),
    schedules: made.flatMap(({ schedule }) => schedule ?? []),
  };
}

function containersFor(size: number): PicturedContainer[] {
  const projects = Math.max(2, Math.round(size / 25));
  return TEAMS.flatMap((team, index): PicturedContainer[] => {
    const top = { kind: "group" as const, id: 100 + index, path: team, parentId: null };
    const sub = {
      kind: "group" as const,
      id: 200 + index,
      path: `${team}/services`,
      parentId: top.id,
    };
    const below = Array.from({ length: projects }, (_, number) => ({
      kind: "project" as const,
      id: 1000 + index * projects + number,
      path: `${team}/services/${["api", "charts", "worker", "ui"][number % 4]}-${number + 1}`,
      parentId: sub.id,
    }));
    return [top, sub, ...below];
  }).sort((one, other) => (one.path < other.path ? -1 : 1));
}

function account(index: number, containers: readonly PicturedContainer[]): PicturedAccount {
  const team = TEAMS[index % TEAMS.length] ?? "platform";
  const purpose = PURPOSES[index % PURPOSES.length] ?? "bot";
  const isAgent = index % 17 === 5;
  const top = containers.find(({ path }) => path === team);
  const number = String(index + 1).padStart(4, "0");
  return {
    userId: 5000 + index,
    username: isAgent ? `ai-code-review-${team}-${number}` : `${team}-${purpose}-${number}`,
    name: isAgent ? `Code review flow (${team})` : `${team} ${purpose} ${index + 1}`,
    email: index % 3 === 0 ? null : `service_account_${index}@noreply.gitlab.example.com`,
    kind: isAgent ? "agent" : "service_account",
    state: index % 23 === 7 ? "blocked" : "active",
    isDeletionPending: index % 23 === 7 ? null : index % 41 === 13,
    createdAt: `${addDays(TODAY, -30 - ((index * 37) % 900))}T08:15:00.000Z`,
    owner:
      index % 9 === 0 || top === undefined
        ? { kind: "instance", path: null }
        : { kind: "group", id: top.id, path: top.path },
    isForeign: index % 50 === 49,
    tokensSeen: index % 50 !== 49,
  };
}

function tokensOf(
  { userId, tokensSeen, kind }: PicturedAccount,
  index: number,
): { token: PicturedToken; schedule?: TokenSchedule }[] {
  if (!tokensSeen || (kind === "agent" && index % 2 === 0)) return [];
  if (index % 4 === 3) return [unmarkedToken(userId, index)];
  const age = index % 30;
  return [2, 1, 0].slice(index % 3).map((back) => {
    const created = addDays(TODAY, -age - back * 28);
    const expires = addDays(created, 40);
    const tokenId = 20_000 + index * 4 + (2 - back);
    const isLive = expires > TODAY && back < 2;
    return {
      token: {
        tokenId,
        userId,
        name: "ci",
        description: back === 0 ? "Deploys the services" : null,
        scopes: index % 5 === 0 ? ["api"] : ["read_repository", "write_repository"],
        isGranular: false,
        granularScopes: null,
        state: isLive ? "active" : back === 2 ? "revoked" : "expired",
        createdAt: `${created}T02:10:00.000Z`,
        expiresAt: expires,
        lastUsedAt:
          index % 11 === 0 ? null : `${addDays(created, back === 0 ? 0 : 26)}T03:00:00.000Z`,
        lastUsedIps: index % 2 === 0 ? ["192.0.2.10", "192.0.2.77"] : null,
        marker: {
          key: markerKey({ accountId: `group/1/${userId}`, stack: "accounts", tokenName: "ci" }),
          generation: 3 - back + (index % 5),
          origin: "3fa10c2b",
          isFirst: false,
        },
      },
      ...(isLive && {
        schedule: {
          tokenId,
          rotatesOn: back === 0 ? addDays(created, 28) : null,
          revokesOn: back === 0 ? null : addDays(TODAY, 2),
        },
      }),
    };
  });
}

function unmarkedToken(userId: number, index: number): { token: PicturedToken } {
  const never = index % 8 === 3;
  return {
    token: {
      tokenId: 20_000 + index * 4,
      userId,
      name: never ? "legacy" : "terraform",
      description: null,
      scopes: never ? ["api", "sudo"] : ["granular"],
      isGranular: !never,
      granularScopes: never
        ? null
        : [{ access: "selected_memberships", permissions: ["read_member"], group_ids: [1] }],
      state: "active",
      createdAt: `${addDays(TODAY, -200 - (index % 300))}T09:00:00.000Z`,
      expiresAt: never ? null : addDays(TODAY, (index % 120) + 1),
      lastUsedAt: never ? null : `${addDays(TODAY, -(index % 100))}T10:30:00.000Z`,
      lastUsedIps: null,
      marker: null,
    },
  };
}

function membershipsOf(
  { userId }: PicturedAccount,
  index: number,
  containers: readonly PicturedContainer[],
): PicturedMembership[] {
  if (index % 19 === 18) return [];
  return Array.from({ length: 1 + ((index * 7) % 9) }, (_, nth) => {
    const at = (index * 13 + nth * 5) % containers.length;
    const role = ROLE_NAMES[2 + ((index + nth) % 6)] ?? "developer";
    return {
      userId,
      container: containers[at] as PicturedContainer,
      role,
      accessLevel: ACCESS_LEVELS[role],
      customRole: nth === 3 ? { id: 9, name: "Deploy only" } : null,
      expiresAt: nth === 2 ? addDays(TODAY, 60) : null,
      createdAt: `${addDays(TODAY, -100)}T00:00:00.000Z`,
      inherited: null,
    };
  });
}

/** The first account's group is invited to the last container. */
function sharedAccessOf(
  memberships: readonly PicturedMembership[],
  containers: readonly PicturedContainer[],
): PicturedSharedAccess[] {
  const membership = memberships[0];
  const container = containers.at(-1);
  if (membership === undefined || container === undefined) return [];
  const { userId, container: memberOf } = membership;
  const about = { userId, container, through: memberOf, memberOf };
  return [{ ...about, role: "reporter", accessLevel: 20, expiresAt: "2027-05-01" }];
}

function variablesOf(
  token: PicturedToken,
  container: PicturedContainer | undefined,
): PicturedVariable[] {
  if (token.state !== "active" || token.marker === null || container === undefined) return [];
  return [
    {
      container,
      key: "DEPLOY_TOKEN",
      environmentScope: token.tokenId % 2 === 0 ? "*" : "production",
      variableType: "env_var",
      isProtected: true,
      isMasked: true,
      isHidden: token.tokenId % 3 === 0,
      isRaw: true,
      note: { tokenId: token.tokenId, marker: token.marker },
    },
  ];
}

const KINDS: readonly (readonly [
  code: string,
  severity: FindingSeverity,
  reason: string,
  remedy: string,
])[] = [
  [
    "token-undeclared",
    "error",
    "No state declares the token.",
    "Adopt it with glsa adopt, or revoke it.",
  ],
  [
    "token-never-expires",
    "error",
    "It never expires, and the policy allows 90 days at most.",
    "Give it a lifetime by a rotation.",
  ],
  [
    "token-unused",
    "warning",
    "It was not used for 96 days; the policy allows 60.",
    "Find out who needs it, or revoke it.",
  ],
  [
    "role-above-policy",
    "warning",
    "It is Owner of platform/services, inherited from platform; the policy allows maintainer at most.",
    "Lower the role in the group above.",
  ],
  [
    "account-without-token",
    "note",
    "It has neither a token nor a membership.",
    "Delete it, if it is not needed.",
  ],
];

function findingsOf({ userId, username, kind }: PicturedAccount, index: number): AuditFinding[] {
  return Array.from({ length: index % 3 }, (_, nth) => {
    const [code, severity, reason, remedy] = KINDS[(index + nth) % KINDS.length] ?? KINDS[0]!;
    const isToken = code.startsWith("token");
    const status = index % 10 === 1 ? "ignored" : index % 10 === 2 ? "accepted" : "open";
    return {
      code,
      severity,
      object: {
        kind: isToken ? "token" : "account",
        label: isToken ? `token "ci" of ${username}` : `account ${username}`,
        address: isToken ? `${username}/ci` : username,
        userId,
        username,
        tokenId: isToken ? 20_000 + index * 4 : null,
        container: code === "role-above-policy" ? "platform/services" : null,
      },
      reason: kind === "agent" ? `${reason} It is named like an agent.` : reason,
      remedy,
      declared:
        index % 4 === 0 ? [{ state: "states/prod.tfstate", address: "glsa_access_token.ci" }] : [],
      status,
      waiver: status === "ignored" ? { reason: "migrates in July", until: "2026-07-31" } : null,
      fingerprint: `${code}-${userId}`,
    };
  });
}

function gapsOf(
  accounts: readonly PicturedAccount[],
  containers: readonly PicturedContainer[],
): Gap[] {
  const foreign = accounts.filter(({ tokensSeen }) => !tokensSeen);
  const project = containers.find(({ kind }) => kind === "project") ?? null;
  return [
    {
      hides: ["memberships", "variables"],
      container: project,
      userId: null,
      route: "/projects/:id/members",
      status: 403,
      reason: "GitLab refused to show the members of the project.",
      remedy: "Ask as somebody who is a Maintainer there.",
      isExpected: false,
    },
    ...foreign.map(({ userId }) => ({
      hides: ["tokens"] as const,
      container: null,
      userId,
      route: null,
      status: null,
      reason: "The account belongs to a group outside of the scope.",
      remedy: "Audit that group, too.",
      isExpected: false,
    })),
    {
      hides: ["variables"],
      container: null,
      userId: null,
      route: null,
      status: null,
      reason: "Only the instance's own log tells of variables that were deleted.",
      remedy: "Look into the audit events.",
      isExpected: true,
    },
  ];
}

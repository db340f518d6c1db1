import type { Finding } from "../../src/model/policy";
import type { Change, ChangeKind, Effect, Review } from "../../src/review/review";

/** One change, with what a test does not care about filled in. */
export function change(
  kind: ChangeKind,
  effect: Effect,
  object: string,
  rest: Partial<Change> = {},
): Change {
  return { kind, effect, object, address: `glsa_x.${kind}`, summary: kind, details: [], ...rest };
}

export function emptyReview(values: Partial<Review> = {}): Review {
  return {
    engine: "terraform",
    accounts: [],
    findings: [],
    notJudged: [],
    errored: false,
    others: { created: 0, changed: 0, deleted: 0 },
    planned: { create: 0, update: 0, delete: 0 },
    remarks: [],
    rotationTargets: [],
    ...values,
  };
}

const account = "glsa_service_account";
const token = "glsa_access_token";
const membership = "glsa_membership";

const findings: readonly Finding[] = [
  {
    rule: "forbidden-scope",
    severity: "error",
    object: 'token "ci" of platform-deployer',
    address: "platform-deployer/ci",
    attribute: "scopes",
    detail: "It asks for the scope sudo, by which it can act as anybody.",
    remedy: "Leave the scope out, or write an exception with a reason and an end.",
  },
  {
    rule: "max-removals",
    severity: "warning",
    object: "this run",
    address: "run",
    attribute: null,
    detail: "2 accounts go at once.",
    remedy: "Apply them one by one, if that is what you want.",
  },
];

/** A review with every kind of change. */
export const sample: Review = {
  engine: "terraform",
  accounts: [
    {
      account: "legacy-bot",
      owner: "group platform",
      changes: [
        change("account-deleted", "destroys", "account", {
          address: `${account}.legacy`,
          summary: "deleted",
          details: ["Its tokens stop working at once, and its memberships go."],
        }),
        change("token-removed", "destroys", 'token "api"', {
          address: `${token}.legacy_api`,
          summary: "revoked, 2 live tokens",
        }),
        change("delivery-removed", "loses", 'token "api"', {
          address: `${token}.legacy_api`,
          summary: "no longer delivered",
          from: "CI/CD variable LEGACY_TOKEN of platform/charts",
        }),
        change("membership-removed", "loses", "membership of platform/charts", {
          address: `${membership}.legacy_in_charts`,
          summary: "removed",
          from: "maintainer",
        }),
      ],
    },
    {
      account: "old-owner",
      owner: "group platform",
      changes: [
        change("account-replaced", "destroys", "account", {
          address: `${account}.old_owner`,
          summary: "replaced by another one",
          from: "group platform",
          to: "project platform/charts",
          details: ["Another user with another id; tokens and memberships go with the old one."],
        }),
        change("token-replaced", "destroys", 'token "x"', {
          address: `${token}.old_owner_x`,
          summary: "destroyed, then made anew",
        }),
        change("token-killed-in-place", "destroys", 'token "y"', {
          address: "gitlab_group_service_account_access_token.y",
          summary: "rotated without overlap",
        }),
        change("account-disabled", "destroys", "account", {
          address: `${account}.second`,
          summary: "disabled",
        }),
        change("account-suspended", "loses", "account", {
          address: `${account}.fourth`,
          summary: "suspended",
          details: ["No token of it works any more. Its memberships and tokens stay as they are."],
        }),
        change("account-resumed", "gains", "account", {
          address: `${account}.fifth`,
          summary: "resumed",
          details: ["Its tokens work again, with the memberships that it has."],
        }),
        change("account-released", "changes", "account", {
          address: `${account}.third`,
          summary: "no longer managed, and kept on the server",
        }),
      ],
    },
    {
      account: "platform-deployer",
      owner: "group platform",
      changes: [
        change("role-raised", "gains", "membership of platform/charts", {
          address: `${membership}.deployer_in_charts`,
          summary: "role raised",
          from: "developer",
          to: "maintainer",
        }),
        change("membership-added", "gains", "membership of platform/apps", {
          address: `${membership}.deployer_in_apps`,
          summary: "added",
          to: "developer",
        }),
        change("scope-gained", "gains", 'token "ci"', {
          address: `${token}.ci`,
          summary: "scopes gained",
          to: "sudo, write_repository",
          details: ["A new token is made; the old one works on until 2026-06-04."],
        }),
        change("permission-gained", "gains", 'token "ci"', {
          address: `${token}.fine`,
          summary: "permissions gained in platform",
          to: "read_job",
        }),
        change("permission-lost", "loses", 'token "ci"', {
          address: `${token}.fine`,
          summary: "permissions lost in platform",
          from: "delete_job",
        }),
        change("access-lengthened", "gains", "membership of platform/data", {
          address: `${membership}.data`,
          summary: "access lengthened",
          from: "2026-12-31",
          to: "2027-12-31",
        }),
        change("lifetime-lengthened", "gains", 'token "ci"', {
          address: `${token}.ci`,
          summary: "lifetime lengthened",
          from: "40 days",
          to: "90 days",
        }),
        change("scope-lost", "loses", 'token "ci"', {
          address: `${token}.ci`,
          summary: "scopes lost",
          from: "read_registry",
        }),
        change("role-lowered", "loses", "membership of platform/docs", {
          address: `${membership}.docs`,
          summary: "role lowered",
          from: "maintainer",
          to: "reporter",
        }),
        change("access-shortened", "loses", "membership of platform/infra", {
          address: `${membership}.infra`,
          summary: "access shortened",
          from: "for ever",
          to: "2027-01-31",
        }),
        change("lifetime-shortened", "loses", 'token "nightly"', {
          address: `${token}.nightly`,
          summary: "lifetime shortened",
          from: "90 days",
          to: "40 days",
        }),
        change("role-changed", "changes", "membership of platform/web", {
          address: `${membership}.web`,
          summary: "custom role changed",
          from: "7",
          to: "9",
        }),
        change("account-renamed", "changes", "account", {
          address: `${account}.deployer`,
          summary: "renamed",
          from: "platform-deploy",
          to: "platform-deployer",
        }),
        change("account-setting", "changes", "account", {
          address: `${account}.deployer`,
          summary: "name",
          from: "Deployer",
          to: "Platform deployer",
        }),
        change("schedule-changed", "changes", 'token "ci"', {
          address: `${token}.ci`,
          summary: "rotates every",
          from: "30 days",
          to: "60 days",
        }),
        change("delivery-added", "changes", 'token "ci"', {
          address: `${token}.ci`,
          summary: "also delivered",
          to: "Vault secret ci/platform/charts, field deploy_token",
        }),
        change("delivery-changed", "changes", 'token "ci"', {
          address: `${token}.ci`,
          summary: "CI/CD variable DEPLOY_TOKEN of platform/charts: protected",
          from: "false",
          to: "true",
        }),
        change("setting-changed", "changes", 'token "ci"', {
          address: `${token}.ci`,
          summary: "description",
          from: "for charts",
          to: "for charts and apps",
        }),
        change("address-changed", "routine", "membership of platform/web", {
          address: `${membership}.web`,
          summary: "moved in the code",
          from: `${membership}.site`,
        }),
        change("strays-found", "routine", 'token "nightly"', {
          address: `${token}.nightly`,
          summary: "1 token of an interrupted run",
          details: ["Token 13 is replaced with the next generation."],
        }),
      ],
    },
    {
      account: "release-bot",
      owner: "the instance",
      changes: [
        change("account-created", "gains", "account", {
          address: `${account}.release`,
          summary: "created",
        }),
        change("token-created", "gains", 'token "release"', {
          address: `${token}.release`,
          summary: "created with the scopes",
          to: "api",
          details: ["Delivered to the CI/CD variable RELEASE_TOKEN of platform/release."],
        }),
        change("token-imported", "changes", 'token "old"', {
          address: `${token}.release_old`,
          summary: "imported",
        }),
        change("account-imported", "changes", "account", {
          address: `${account}.release_import`,
          summary: "imported",
        }),
      ],
    },
    {
      account: "nightly-bot",
      owner: "project platform/charts",
      changes: [
        change("rotation", "routine", 'token "nightly"', {
          address: `${token}.nightly_bot`,
          summary: "rotates (due since 2026-07-01)",
          details: ["Token 12 works on until 2026-07-04; the new one ends on 2026-08-10."],
        }),
        change("revocation-due", "routine", 'token "nightly"', {
          address: `${token}.nightly_bot`,
          summary: "token 11 is revoked, its overlap is over",
        }),
        change("rotation-waits", "routine", 'token "third"', {
          address: `${token}.third`,
          summary: "due since 2026-07-01, and waits for a later run",
        }),
        change("revocation-held", "routine", 'token "other"', {
          address: `${token}.other`,
          summary: "token 9 is kept, it was used on 2026-06-30",
        }),
      ],
    },
  ],
  findings,
  notJudged: [
    {
      rule: "forbidden-scope",
      object: 'token "nightly" of nightly-bot',
      address: "nightly-bot/nightly",
      attribute: "scopes",
      isJudgedAtApply: true,
    },
    {
      rule: "max-role",
      object: "membership of old-bot in platform",
      address: "old-bot@platform",
      attribute: "role",
      isJudgedAtApply: false,
    },
  ],
  errored: false,
  others: { created: 3, changed: 1, deleted: 0 },
  planned: { create: 8, update: 11, delete: 6 },
  remarks: [
    "The plan is not complete: 2 changes are deferred, so a second plan follows its apply.",
  ],
  rotationTargets: [`${token}.nightly_bot`],
};

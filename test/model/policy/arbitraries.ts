import fc from "fast-check";
import { ACCESS_LEVELS, ROLE_NAMES } from "../../../src/model";
import {
  RULES,
  type Exception,
  type Facts,
  type Policy,
  type PolicySettings,
  type RuleName,
} from "../../../src/model/policy";

const scopes = fc.uniqueArray(fc.constantFrom("api", "sudo", "admin_mode", "read_api"));
const names = fc.constantFrom("bot", "deployer");
const strictness = fc.constantFrom("off" as const, "warning" as const, "error" as const);
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-06-${String(n).padStart(2, "0")}`);

const rotation = fc.record({
  everyDays: fc.integer({ min: 4, max: 300 }),
  overlapDays: fc.integer({ min: 0, max: 3 }),
  lifetimeDays: fc.option(fc.integer({ min: 4, max: 400 })),
  quietForDays: fc.constant(1),
  maxHoldDays: fc.constant(7),
});

const token: fc.Arbitrary<Facts> = fc
  .record(
    {
      scopes,
      permissions: fc.array(
        fc.record({
          permission: fc.constantFrom("read_member", "create_member", "delete_group"),
          place: fc.constantFrom("group 1", "the instance"),
        }),
      ),
      description: fc.constantFrom(null, "", "makes releases"),
      neverExpires: fc.boolean(),
      lifetimeDays: fc.integer({ min: 1, max: 400 }),
      rotation,
      liveTokens: fc.integer({ min: 1, max: 5 }),
    },
    { requiredKeys: [] },
  )
  .chain((facts) =>
    names.map((name) => ({ kind: "token", label: "a token", address: `${name}/ci`, ...facts })),
  );

const membership: fc.Arbitrary<Facts> = fc
  .record({ role: fc.constantFrom(...ROLE_NAMES), name: names })
  .map(({ role, name }) => ({
    kind: "membership",
    label: "a membership",
    address: `${name}@platform`,
    role,
  }));

const account: fc.Arbitrary<Facts> = fc
  .record({ purpose: fc.constantFrom(null, "deploys"), name: names })
  .map(({ purpose, name }) => ({ kind: "account", label: "an account", address: name, purpose }));

const few = fc.nat({ max: 8 });

const run: fc.Arbitrary<Facts> = fc
  .record({ accounts: few, tokens: few, memberships: few, own: fc.boolean() })
  .map(({ own, ...removals }) => ({ kind: "run", removals, removesOwnAccount: own }));

export const facts: fc.Arbitrary<Facts> = fc.oneof(token, membership, account, run);

const OBJECTS = {
  account: names,
  token: names.map((name) => `${name}/ci`),
  membership: names.map((name) => `${name}@platform`),
  run: fc.constant("run"),
};

export const exception: fc.Arbitrary<Exception> = fc
  .record({ rule: fc.constantFrom(...RULES), until: day })
  .chain(({ rule: { name, judges }, until }) =>
    OBJECTS[judges].map((object) => ({ rule: name, object, reason: "until the move", until })),
  );

const severity = fc
  .array(fc.tuple(fc.constantFrom(...RULES.map(({ name }) => name)), strictness))
  .map((entries) => Object.fromEntries(entries) as Record<RuleName, "off">);

const permissions = fc.uniqueArray(fc.constantFrom("read_*", "create_member", "*"));

const bounds = {
  maxLifetimeDays: fc.integer({ min: 1, max: 400 }),
  forbiddenScopes: scopes,
  scopesNeedingReason: scopes,
  forbiddenPermissions: permissions,
  permissionsNeedingReason: permissions,
  maxRole: fc.constantFrom(...ROLE_NAMES),
  minSlackDays: fc.integer({ min: 1, max: 9 }),
  maxLiveTokens: fc.nat({ max: 4 }),
  maxRemovals: fc.nat({ max: 60 }),
  maxRotations: fc.nat({ max: 60 }),
  severity,
};

/** Settings without exceptions. */
export const settings: fc.Arbitrary<PolicySettings> = fc.record(bounds, { requiredKeys: [] });

export const settingsAndExceptions: fc.Arbitrary<PolicySettings> = fc.record(
  { ...bounds, exceptions: fc.array(exception, { maxLength: 4 }) },
  { requiredKeys: [] },
);

/** Settings that only tighten a policy. */
export function stricterThan(policy: Policy): fc.Arbitrary<PolicySettings> {
  const roles = ROLE_NAMES.filter((role) => ACCESS_LEVELS[role] <= ACCESS_LEVELS[policy.maxRole]);
  const more = scopes.filter((found) => found.length > 0);
  return fc.record(
    {
      maxLifetimeDays: fc.integer({ min: 1, max: policy.maxLifetimeDays ?? 400 }),
      forbiddenScopes: more,
      scopesNeedingReason: more,
      forbiddenPermissions: permissions.filter((found) => found.length > 0),
      permissionsNeedingReason: permissions.filter((found) => found.length > 0),
      maxRole: fc.constantFrom(...roles),
      minSlackDays: fc.integer({ min: policy.minSlackDays, max: 12 }),
      maxLiveTokens: fc.nat({ max: policy.maxLiveTokens }),
      maxRemovals: fc.nat({ max: policy.maxRemovals }),
      maxRotations: fc.nat({ max: policy.maxRotations ?? 60 }),
      severity: severity.map((own) => mapValues(own, () => "error" as const)),
      exceptions: fc.array(exception, { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
}

function mapValues<T>(record: object, value: () => T): Record<string, T> {
  return Object.fromEntries(Object.keys(record).map((key) => [key, value()]));
}

export { day };

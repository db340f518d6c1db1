import * as fc from "fast-check";
import { UNKNOWN } from "../../src/provider/contract";
import type { Type, Values } from "./host";

/** What stands in the instance before a declaration is tried. */
export interface Place {
  readonly folder: string;
  readonly ids: { readonly apps: number; readonly charts: number; readonly platform: number };
  readonly accounts: readonly { readonly id: string; readonly userId: number }[];
}

/** Two declarations of one object, and what of each is known late. Days are written as `+200`, counted from today. */
export interface Scenario {
  readonly before: Values;
  readonly after: Values;
  readonly late: readonly string[];
  /** Days between the two. */
  readonly days: number;
}

const choose = fc.constantFrom;

/** Mostly the same as before, so that plans differ in a few attributes only. */
export function scenarios(type: Type, place: Place): fc.Arbitrary<Scenario> {
  const declared = DECLARATIONS[type](place);
  return fc
    .record({
      before: declared,
      other: declared,
      taken: fc.array(fc.nat(), { maxLength: 3 }),
      late: fc.subarray([...LATE[type]], { minLength: 1, maxLength: 4 }),
      changesAreLate: fc.boolean(),
      days: choose(0, 0, 31),
    })
    .map(({ before, other, taken, late, changesAreLate, days }) => {
      const groups = GROUPS[type];
      const names = taken.flatMap((at) => groups[at % groups.length] ?? []);
      const after = { ...before };
      for (const name of names) {
        delete after[name];
        if (name in other) after[name] = other[name];
      }
      return { before, after, late: changesAreLate ? [...names, ...late] : late, days };
    });
}

/** A declaration in which some of it is not known yet. */
export function masked(declared: Values, late: readonly string[]): Values {
  return late.reduce((values, path) => maskAt(values, path.split(".")), declared);
}

export function dated(declared: Values, day: (days: number) => string): Values {
  const { expires_at: written } = declared;
  return typeof written === "string" ? { ...declared, expires_at: day(Number(written)) } : declared;
}

function maskAt(value: Values, [name = "", ...rest]: readonly string[]): Values {
  const inner = value[name];
  if (rest.length === 0) return { ...value, [name]: UNKNOWN };
  if (Array.isArray(inner)) {
    const [at = "0", ...deeper] = rest;
    const index = Number(at);
    if (index >= inner.length) return value;
    const isWhole = deeper.length === 0 || inner[index] === UNKNOWN;
    const item = isWhole ? UNKNOWN : maskAt(inner[index] as Values, deeper);
    return { ...value, [name]: inner.map((each: unknown, i) => (i === index ? item : each)) };
  }
  if (typeof inner !== "object" || inner === null || inner === UNKNOWN) return value;
  return { ...value, [name]: maskAt(inner as Values, rest) };
}

/** Attributes that make sense together only. */
const GROUPS: Record<Type, readonly (readonly string[])[]> = {
  glsa_service_account: [
    ["group", "project"],
    ["username"],
    ["name"],
    ["email"],
    ["on_destroy", "timeouts", "hard_delete"],
  ],
  glsa_membership: [
    ["group", "project"],
    ["service_account_id", "user_id"],
    ["role"],
    ["expires_at"],
  ],
  glsa_access_token: [
    ["service_account_id"],
    ["name"],
    ["description"],
    ["scopes"],
    ["expires_at", "rotation"],
    ["keepers"],
    ["deliver_to", "store_value"],
  ],
};

const LATE: Record<Type, readonly string[]> = {
  glsa_service_account: [
    ...["group", "project", "instance", "username", "name", "email", "deletion_protection"],
    ...["on_destroy", "hard_delete", "timeouts", "timeouts.create"],
  ],
  glsa_membership: [
    ...["service_account_id", "user_id", "group", "project", "role", "custom_role_id"],
    ...["expires_at", "remove_memberships_below"],
  ],
  glsa_access_token: [
    ...["service_account_id", "name", "description", "scopes", "scopes.0", "scopes.1"],
    ...["expires_at", "rotation", "rotation.every", "rotation.overlap", "never_expires"],
    ...["keepers", "keepers.a", "revoke_now", "deliver_to", "deliver_to.0", "store_value"],
    ...["deliver_to.0.file", "deliver_to.0.file.path", "deliver_to.0.file.overwrite"],
    ...["deliver_to.0.ci_variable", "deliver_to.0.ci_variable.key"],
    "deliver_to.0.ci_variable.protected",
  ],
};

let made = 0;

/** A word that no object of another run has. */
function fresh(word: string): fc.Arbitrary<string> {
  return choose("a", "b").map((letter) => `${word}-${letter}-${made}`);
}

const DECLARATIONS: Record<Type, (place: Place) => fc.Arbitrary<Values>> = {
  glsa_service_account: ({ ids }) =>
    fc
      .record({
        owner: choose(
          { group: "platform" },
          { group: String(ids.platform) },
          { group: "PLATFORM/apps" },
        ),
        username: fresh("user"),
        rest: fc.record(
          {
            name: choose("One", "Two"),
            on_destroy: choose("delete", "disable"),
            timeouts: choose({ create: "5m" }, { create: "6m" }),
            hard_delete: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
      })
      .map(({ owner, username, rest }) => ({ ...owner, username, ...rest })),
  glsa_membership: ({ ids, accounts }) =>
    fc
      .record({
        place: choose<Values>(
          { project: "platform/charts" },
          { project: String(ids.charts) },
          { group: "platform/apps" },
        ),
        who: choose<Values>(
          ...accounts.map(({ id }) => ({ service_account_id: id })),
          ...accounts.map(({ userId }) => ({ user_id: userId })),
        ),
        role: choose("guest", "developer", "Developer"),
        rest: fc.record({ expires_at: choose("+200", "+300") }, { requiredKeys: [] }),
      })
      .map(({ place, who, role, rest }) => ({ ...place, ...who, role, ...rest })),
  glsa_access_token: ({ accounts, folder }) =>
    fc
      .record({
        service_account_id: choose(...accounts.map(({ id }) => id)),
        name: fresh("token"),
        scopes: choose(["read_api"], ["read_api", "read_user"], ["read_user"]),
        life: choose<Values>(
          { rotation: { every: "30d" } },
          { rotation: { every: "P30D", overlap: "4d" } },
          { rotation: { every: "60d" } },
          { expires_at: "+200" },
          { expires_at: "+250" },
        ),
        value: choose<Values>(
          { store_value: true },
          { deliver_to: [{ file: { path: `${folder}/one-${made}` } }] },
          { deliver_to: [{ file: { path: `${folder}/two-${made}`, overwrite: true } }] },
          { deliver_to: [{ ci_variable: { project: "platform/charts", key: `T_${made}` } }] },
          {
            deliver_to: [
              { ci_variable: { project: "platform/charts", key: `T_${made}`, protected: true } },
            ],
          },
        ),
        rest: fc.record(
          {
            description: choose("first", "second"),
            keepers: choose({ a: "1" }, { a: "2" }, { a: "1", b: "1" }),
          },
          { requiredKeys: [] },
        ),
      })
      .map(({ life, value, rest, ...others }) => ({ ...others, ...life, ...value, ...rest })),
};

/** From now on declarations are of another object. */
export function another(): void {
  made += 1;
}

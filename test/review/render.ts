import { isDeepStrictEqual } from "node:util";
import { formatExplanation } from "../../src/provider/contract";
import {
  both,
  userId,
  type AccountWorld,
  type MembershipWorld,
  type TokenWorld,
  type World,
} from "./world";

interface Rendered {
  readonly type: "glsa_service_account" | "glsa_access_token" | "glsa_membership";
  readonly address: string;
  readonly account: string;
  readonly before: Attributes | undefined;
  readonly after: Attributes | undefined;
}

type Attributes = Readonly<Record<string, unknown>>;

/** A plan from one world to another, as Terraform would write it. */
export function terraformPlan(before: World, after: World): string {
  const changes = rendered(before, after).map(({ type, address, before: had, after: has }) => {
    const actions = actionsOf(had, has);
    const unknown = { create: UNKNOWN[type], update: NEXT[type] }[actions[0] ?? ""] ?? {};
    return {
      address,
      mode: "managed",
      type,
      name: address.split(".")[1],
      provider_name: "glsa.internal/glsa/glsa",
      change: {
        actions,
        before: had ?? null,
        after: has === undefined ? null : without(has, Object.keys(unknown)),
        after_unknown: unknown,
        before_sensitive: {},
        after_sensitive: {},
      },
    };
  });
  const resources = rendered(before, after).map(({ type, address, account }) => ({
    address,
    mode: "managed",
    type,
    name: address.split(".")[1],
    expressions: { service_account_id: { references: [`${accountAddress(account)}.id`] } },
  }));
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    applyable: true,
    planned_values: {},
    resource_changes: changes,
    configuration: { root_module: { resources } },
  });
}

/** The same as Pulumi would write it. */
export function pulumiPreview(before: World, after: World): string {
  const steps = rendered(before, after).map(
    ({ type, address, account, before: had, after: has }) => {
      const [op = ""] = actionsOf(had, has);
      const dependencies = {
        serviceAccountId: [urnOf("glsa_service_account", accountAddress(account))],
      };
      const urn = urnOf(type, address);
      const state = (values: Attributes) => ({ urn, type: TOKENS[type], custom: true, ...values });
      return {
        op: op === "no-op" ? "same" : op,
        urn,
        ...(had && {
          oldState: state({
            id: had["id"],
            inputs: inputs(had),
            outputs: camel(without(had, ["id"])),
          }),
        }),
        ...(has && {
          newState: state({
            inputs: inputs(has, had === undefined),
            propertyDependencies: dependencies,
          }),
        }),
        ...(had && has && { diffReasons: differing(had, has, type) }),
        detailedDiff: null,
      };
    },
  );
  const diagnostics = rendered(before, after)
    .filter(
      ({ type, before: had, after: has }) =>
        had && type === "glsa_access_token" && !isDeepStrictEqual(had, has) && has,
    )
    .map(({ type, address }) => ({
      urn: urnOf(type, address),
      message: `${formatExplanation("Planned: generation becomes 2 (1 now).", {
        code: "planned",
        values: [{ path: ["generation"], value: 2 }],
      })}\n`,
      severity: "info",
    }));
  return JSON.stringify({ steps, diagnostics, changeSummary: {} });
}

const TOKENS = {
  glsa_service_account: "glsa:index:ServiceAccount",
  glsa_access_token: "glsa:index:AccessToken",
  glsa_membership: "glsa:index:Membership",
};

/** What only an apply of a creation tells. */
const UNKNOWN: { readonly [type: string]: Attributes } = {
  glsa_service_account: { id: true, user_id: true },
  glsa_access_token: {
    id: true,
    token_id: true,
    generation: true,
    service_account_id: true,
    previous: true,
  },
  glsa_membership: { id: true, user_id: true, service_account_id: true },
};

/** What only an apply of a change tells. */
const NEXT: { readonly [type: string]: Attributes } = {
  glsa_access_token: { token_id: true, fingerprint: true, previous: true },
};

const COMPUTED = ["id", "user_id", "token_id", "generation", "previous", "fingerprint", "status"];

function accountAddress(key: string): string {
  return `glsa_service_account.account_${key}`;
}

function urnOf(type: Rendered["type"], address: string): string {
  return `urn:pulumi:dev::test::${TOKENS[type]}::${address.split(".")[1]}`;
}

function rendered(before: World, after: World): Rendered[] {
  return both(before.accounts, after.accounts).flatMap(([key, had, has]) => {
    const child = (type: Rendered["type"], name: string) => `${type}.account_${key}_${name}`;
    return [
      object(
        "glsa_service_account",
        accountAddress(key),
        key,
        map(had, account(key)),
        map(has, account(key)),
      ),
      ...both(had?.tokens ?? {}, has?.tokens ?? {}).map(([name, old, now]) =>
        object(
          "glsa_access_token",
          child("glsa_access_token", name),
          key,
          map(old, token(key, 1)),
          map(now, token(key, sameToken(old, now) ? 1 : 2)),
        ),
      ),
      ...both(had?.memberships ?? {}, has?.memberships ?? {}).map(([name, old, now]) =>
        object(
          "glsa_membership",
          child("glsa_membership", name),
          key,
          map(old, membership(key, name)),
          map(now, membership(key, name)),
        ),
      ),
    ];
  });
}

function object(
  type: Rendered["type"],
  address: string,
  key: string,
  before: Attributes | undefined,
  after: Attributes | undefined,
): Rendered {
  return { type, address, account: key, before, after };
}

function map<T>(value: T | undefined, to: (value: T) => Attributes): Attributes | undefined {
  return value === undefined ? undefined : to(value);
}

function sameToken(old: TokenWorld | undefined, now: TokenWorld | undefined): boolean {
  const plain = (token: TokenWorld | undefined) =>
    token && { ...token, scopes: [...token.scopes].sort() };
  return isDeepStrictEqual(plain(old), plain(now));
}

const account =
  (key: string) =>
  ({ username }: AccountWorld): Attributes => ({
    id: `group:1:${userId(key)}`,
    user_id: userId(key),
    group: "platform",
    username,
    name: username,
    on_destroy: "delete",
    status: "active",
  });

const token =
  (key: string, generation: number) =>
  ({ scopes, expiresAt }: TokenWorld): Attributes => ({
    id: `group:1:${userId(key)}:7`,
    service_account_id: `group:1:${userId(key)}`,
    name: "ci",
    scopes: [...scopes].sort(),
    expires_at: expiresAt,
    valid_until: expiresAt,
    never_expires: expiresAt === null,
    rotation: null,
    token_id: 7,
    generation,
    status: "active",
    previous: [],
  });

const membership =
  (key: string, place: string) =>
  ({ role, expiresAt }: MembershipWorld): Attributes => ({
    id: `group:9:${userId(key)}`,
    service_account_id: `group:1:${userId(key)}`,
    user_id: userId(key),
    group: `platform/${place}`,
    role,
    expires_at: expiresAt,
    status: "active",
  });

function actionsOf(had: Attributes | undefined, has: Attributes | undefined): string[] {
  if (had === undefined) return ["create"];
  if (has === undefined) return ["delete"];
  return [isDeepStrictEqual(had, has) ? "no-op" : "update"];
}

function without(values: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

function differing(had: Attributes, has: Attributes, type: Rendered["type"]): string[] {
  const names = Object.keys(had).filter((name) => !isDeepStrictEqual(had[name], has[name]));
  const computed = names.length > 0 ? Object.keys(NEXT[type] ?? {}) : [];
  return Object.keys(camel(Object.fromEntries([...names, ...computed].map((name) => [name, 0]))));
}

/** What a program writes: no nulls, and nothing that the provider finds out. */
function inputs(values: Attributes, isNew = false): Attributes {
  const written = Object.entries(without(values, COMPUTED)).filter(([, value]) => value !== null);
  const entries = written.map(([name, value]) => [
    name,
    isNew && name === "service_account_id" ? "04da6b54-80e4-46f7-96ec-b56ff0331ba9" : value,
  ]);
  return camel(Object.fromEntries(entries) as Attributes);
}

function camel(values: Attributes): Attributes {
  const name = (attribute: string) =>
    attribute.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map(([attribute, value]) => [name(attribute), value]),
  );
}

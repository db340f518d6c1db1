import type { JsonSchema } from "../../model/policy";
import { CODES } from "../kinds";

const text = { type: "string" };
const textOrNull = { type: ["string", "null"] };
const number = { type: "integer" };
const numberOrNull = { type: ["integer", "null"] };
const flag = { type: "boolean" };

/** An object with every key present; later versions may add some. */
function record(properties: JsonSchema, extra: JsonSchema = {}): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties), ...extra };
}

function list(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

function oneOf(...values: readonly string[]): JsonSchema {
  return { enum: values };
}

const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [{ type: "null" }, schema] });

const container = record({
  kind: oneOf("group", "project"),
  id: number,
  path: text,
  parent_id: numberOrNull,
});

const marker = {
  type: "object",
  properties: { key: text, generation: number },
  required: ["key", "generation"],
};

const finding = record({
  code: oneOf(...CODES),
  severity: oneOf("error", "warning", "note"),
  object: record({
    kind: oneOf("account", "token", "membership", "variable", "state", "run"),
    label: text,
    address: { ...text, description: "Its name in ignore patterns and exceptions." },
    user_id: numberOrNull,
    username: textOrNull,
    token_id: numberOrNull,
    container: textOrNull,
  }),
  reason: text,
  remedy: text,
  declared: list(record({ state: text, address: text })),
  status: oneOf("open", "ignored", "accepted", "excepted"),
  waiver: nullable(record({ reason: text, until: textOrNull })),
  fingerprint: { ...text, description: "Equal for the same finding in every audit." },
});

const estate = record({
  accounts: list(
    record({
      user_id: number,
      username: text,
      name: text,
      email: textOrNull,
      kind: oneOf("service_account", "agent"),
      state: textOrNull,
      is_deletion_pending: { type: ["boolean", "null"] },
      created_at: textOrNull,
      owner: nullable({ type: "object", required: ["kind", "path"] }),
      is_foreign: flag,
      tokens_seen: flag,
    }),
  ),
  tokens: list(
    record({
      token_id: number,
      user_id: number,
      name: text,
      description: textOrNull,
      scopes: list(text),
      is_granular: flag,
      granular_scopes: nullable(
        list(
          record({
            access: text,
            permissions: list(text),
            group_ids: nullable(list(number)),
            project_ids: nullable(list(number)),
          }),
        ),
      ),
      state: oneOf("active", "expired", "revoked"),
      created_at: text,
      expires_at: textOrNull,
      last_used_at: textOrNull,
      last_used_ips: nullable(list(text)),
      marker: nullable(marker),
    }),
  ),
  memberships: list(
    record({
      user_id: number,
      container,
      role: textOrNull,
      access_level: number,
      custom_role: nullable(record({ id: number, name: textOrNull })),
      expires_at: textOrNull,
      created_at: textOrNull,
      inherited: nullable(record({ role: textOrNull, access_level: number, from: container })),
    }),
  ),
  shared_access: list(
    record({
      user_id: number,
      container,
      role: textOrNull,
      access_level: number,
      through: container,
      member_of: container,
      expires_at: textOrNull,
    }),
  ),
  variables: list(
    record({
      container,
      key: text,
      environment_scope: text,
      variable_type: text,
      is_protected: flag,
      is_masked: flag,
      is_hidden: flag,
      is_raw: flag,
      note: record({ token_id: number, marker }),
    }),
  ),
  containers: list(container),
});

const caller = record({
  user_id: numberOrNull,
  username: textOrNull,
  is_administrator: flag,
  token: nullable(record({ id: number, name: text, scopes: list(text), expires_at: textOrNull })),
});

const gap = record({
  hides: list(text),
  container: nullable(container),
  user_id: numberOrNull,
  route: textOrNull,
  status: numberOrNull,
  reason: text,
  remedy: text,
  is_expected: flag,
});

/** The JSON Schema of the output of `glsa audit --format json`. */
export function auditSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "glsa audit",
    ...record({
      format_version: text,
      instance: record({ url: text, version: text, tier: textOrNull }),
      asked_by: caller,
      scope: { type: "object", required: ["kind"] },
      started_at: text,
      finished_at: text,
      today: text,
      is_complete: flag,
      summary: record(
        Object.fromEntries(
          [
            "errors",
            "warnings",
            "notes",
            "ignored",
            "accepted",
            "excepted",
            "gone_from_baseline",
          ].map((name) => [name, number]),
        ),
      ),
      states: list(text),
      findings: list(finding),
      not_judged: list(record({ codes: list(oneOf(...CODES)), because: list(text) })),
      gaps: list(gap),
      requests: list(record({ method: text, route: text, count: number })),
      estate,
    }),
  };
}

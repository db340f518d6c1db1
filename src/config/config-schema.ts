import { anySetting, PROPERTIES, type JsonSchema } from "../model/policy";
import { AUDIT_SCHEMA } from "./audit-settings";
import { NOTIFY_SCHEMA } from "./notify-settings";

/** The JSON Schema of `glsa.config.json`, for editors and for checks outside of glsa. */
export function configSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "glsa.config.json",
    type: "object",
    properties: {
      $schema: { description: "The address of this schema, for editors." },
      policy: {
        type: "object",
        description: "The limits for service accounts, tokens, memberships and runs.",
        properties: Object.fromEntries(PROPERTIES.map(propertySchema)),
        additionalProperties: false,
      },
      audit: AUDIT_SCHEMA,
      notify: NOTIFY_SCHEMA,
    },
    additionalProperties: false,
  };
}

function propertySchema(property: (typeof PROPERTIES)[number]): [string, JsonSchema] {
  const { key, summary, schema } = anySetting(property);
  return [key, { description: summary, ...schema }];
}

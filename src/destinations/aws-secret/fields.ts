import { jsonObject } from "../../model";
import { StoreError } from "../stored/store-error";

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a secret whose text is JSON; none where there is no text. */
export function fieldsOf(text: string | undefined): Fields {
  if (text === undefined) return {};
  const fields = jsonObject(text);
  if (fields !== undefined) return fields;
  throw new StoreError("the secret's text is not a JSON object, so that it has no fields", {
    remedy: "Leave field out to replace the whole secret, or choose another secret.",
  });
}

/** With undefined, the field is taken away. */
export function withField(fields: Fields, field: string, value: unknown): Fields {
  const others = Object.entries(fields).filter(([name]) => name !== field);
  return Object.fromEntries(value === undefined ? others : [...others, [field, value]]);
}

/** The text of a field; a value that is no text is shown as JSON, so that it differs from every token. */
export function fieldText(fields: Fields, field: string): string | undefined {
  if (!Object.hasOwn(fields, field)) return undefined;
  const value = fields[field];
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What the fields of an entity must be, as far as glsa relies on them. */
export type Shape = Readonly<Record<string, Check>>;

type Check = (value: unknown) => boolean;

const isAbsent: Check = (value) => value === undefined || value === null;

export const number: Check = (value) => Number.isSafeInteger(value);
export const text: Check = (value) => typeof value === "string";
export const flag: Check = (value) => typeof value === "boolean";
export const texts: Check = (value) => Array.isArray(value) && value.every(text);
/** A list of objects of one shape. */
export function listOf(shape: Shape): Check {
  return (value) =>
    Array.isArray(value) && value.every((item) => misshapen(item, shape) === undefined);
}
/** A time or a day. */
export const date: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));

export function optional(check: Check): Check {
  return (value) => isAbsent(value) || check(value);
}

/** The first invalid field. */
export function misshapen(entity: unknown, shape: Shape): string | undefined {
  if (typeof entity !== "object" || entity === null || Array.isArray(entity)) return "everything";
  const fields = entity as Readonly<Record<string, unknown>>;
  return Object.keys(shape).find((name) => shape[name]?.(fields[name]) === false);
}

import type { CalendarDate, Timestamp } from "../clock";
import type { Feature } from "../features";
import { parseDate, parseDateTime } from "./dates";

/** Represents a value that cannot be read as its type. */
export const invalid = Symbol("invalid");

/** One declared parameter. */
export interface Param<T> {
  readonly required: boolean;
  readonly fallback: T;
  /** Reads a given value. Only called for values that are not null. */
  read(raw: unknown): T | typeof invalid;
  /** The closed set of values, which has an error text of its own. */
  readonly values?: readonly (string | number)[];
  /** Releases without it do not know the parameter. */
  readonly feature?: Feature;
  /** The problem of parameters that belong together, at its place in the order of the declaration. */
  check?(
    isGiven: (name: string) => boolean,
    isSupported: (feature: Feature) => boolean,
  ): string | undefined;
}

function optional<T>(read: (raw: unknown) => T | typeof invalid): Param<T | undefined> {
  return { required: false, fallback: undefined, read };
}

export function required<T>(param: Param<T | undefined>): Param<T> {
  return { ...param, required: true } as Param<T>;
}

export function withDefault<T>(param: Param<T | undefined>, fallback: T): Param<T> {
  return { ...param, fallback } as Param<T>;
}

/** Requires at least one of some parameters. */
export function atLeastOneOf(...names: string[]): Param<undefined> {
  return together((isGiven) =>
    names.some(isGiven)
      ? undefined
      : `${names.join(", ")} are missing, at least one parameter must be provided`,
  );
}

/** Allows at most one of some parameters. */
export function mutuallyExclusive(...names: string[]): Param<undefined> {
  return together((isGiven) => {
    const given = names.filter(isGiven);
    return given.length > 1 ? `${given.join(", ")} are mutually exclusive` : undefined;
  });
}

/** Requires one of two parameters, the second of which came with a feature; before that, the first. */
export function exactlyOneOf(first: string, second: string, feature: Feature): Param<undefined> {
  return together((isGiven, isSupported) => {
    if (!isSupported(feature)) return isGiven(first) ? undefined : `${first} is missing`;
    if (isGiven(first) && isGiven(second)) return `${first}, ${second} are mutually exclusive`;
    if (isGiven(first) || isGiven(second)) return undefined;
    return `${first}, ${second} are missing, exactly one parameter must be provided`;
  });
}

function together(check: Param<undefined>["check"]): Param<undefined> {
  return { ...optional<undefined>(() => undefined), check };
}

/** A parameter that came with a feature. */
export function since<T>(feature: Feature, param: Param<T>): Param<T> {
  return { ...param, feature };
}

export function string(): Param<string | undefined> {
  return optional((raw) =>
    typeof raw === "string" ? raw : typeof raw === "object" ? invalid : String(raw),
  );
}

export function integer(): Param<number | undefined> {
  return optional(readInteger);
}

function readInteger(raw: unknown): number | undefined | typeof invalid {
  if (raw === "") return undefined;
  // Numbers of JSON lose their fraction; digits may be grouped by underscores.
  if (typeof raw === "number") return Math.abs(raw) < 1e15 ? Math.trunc(raw) : invalid;
  const digits = typeof raw === "string" ? raw.trim().replace(/(?<=\d)_(?=\d)/g, "") : "";
  return /^[+-]?\d{1,15}$/.test(digits) ? Number(digits) : invalid;
}

/** The values for yes and no, in JSON, forms and queries alike. */
const yes = [
  "1",
  "on",
  "On",
  "ON",
  "t",
  "true",
  "True",
  "TRUE",
  "T",
  "y",
  "yes",
  "Yes",
  "YES",
  "Y",
];
const no = [
  "0",
  "off",
  "Off",
  "OFF",
  "f",
  "false",
  "False",
  "FALSE",
  "F",
  "n",
  "no",
  "No",
  "NO",
  "N",
];

const booleans = new Map<string, boolean>([
  ...yes.map((word) => [word, true] as const),
  ...no.map((word) => [word, false] as const),
]);

export function boolean(): Param<boolean | undefined> {
  return optional((raw) => {
    if (raw === "") return undefined;
    return typeof raw === "object" ? invalid : (booleans.get(String(raw)) ?? invalid);
  });
}

/** A date. The time of a date with time is dropped, as in GitLab. */
export function date(): Param<CalendarDate | undefined> {
  return optional(readText(parseDate));
}

/** A time, in UTC unless it says otherwise. */
export function dateTime(): Param<Timestamp | undefined> {
  return optional(readText(parseDateTime));
}

function readText(parse: (text: string) => string | undefined) {
  return (raw: unknown) => {
    if (raw === "") return undefined;
    return (typeof raw === "string" ? parse(raw) : undefined) ?? invalid;
  };
}

export function oneOf<const V extends string>(...values: V[]): Param<V | undefined> {
  const read = (raw: unknown) => values.find((value) => value === raw) ?? invalid;
  return { ...optional<V>(read), values };
}

export function integerOf(...values: number[]): Param<number | undefined> {
  const read = (raw: unknown) => {
    const number = readInteger(raw);
    return number === undefined || values.some((value) => value === number) ? number : invalid;
  };
  return { ...optional(read), values };
}

/** Strings, as an array or in one comma-separated string. */
export function stringList(values?: readonly string[]): Param<string[] | undefined> {
  const read = (raw: unknown) => {
    const list = listItems(raw).map(String);
    return values !== undefined && list.some((item) => !values.includes(item)) ? invalid : list;
  };
  return { ...optional<string[]>(read), values };
}

/** Integers, as an array or in one comma-separated string. */
export function integerList(): Param<number[] | undefined> {
  return optional((raw) => {
    const numbers = listItems(raw).map(readInteger);
    return numbers.every((number) => typeof number === "number") ? numbers : invalid;
  });
}

function listItems(raw: unknown): unknown[] {
  if (Array.isArray(raw)) return raw;
  return typeof raw === "object"
    ? Object.values(raw ?? {})
    : String(raw)
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
}

/** `filter[environment_scope]`, the one nested parameter here. */
export function environmentScopeFilter(): Param<string | undefined> {
  return optional((raw) => {
    if (typeof raw !== "object" || raw === null) return invalid;
    const scope: unknown = (raw as Record<string, unknown>)["environment_scope"];
    return scope === undefined || typeof scope === "string" ? scope : invalid;
  });
}

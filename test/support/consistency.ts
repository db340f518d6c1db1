/**
 * What Terraform and OpenTofu hold a provider's answers against, and call "a bug in the provider" when they break it. From
 * the documented lifecycle of a change: a plan respects the configuration, the plan inside apply completes the first
 * one, and the new state completes that.
 */
import { isUnknown, type Attribute, type Attributes } from "../../src/provider/contract";

type Values = { readonly [name: string]: unknown };

/** A plan says what is written, or what was there before; what nobody wrote only where the attribute is computed. */
export function planProblems(
  attributes: Attributes,
  { prior, config, planned }: { prior: Values | null; config: Values; planned: Values },
): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    plannedProblems(attribute, name, {
      prior: prior?.[name] ?? null,
      config: config[name] ?? null,
      planned: planned[name] ?? null,
    }),
  );
}

interface Three {
  readonly prior: unknown;
  readonly config: unknown;
  readonly planned: unknown;
}

function plannedProblems(attribute: Attribute, path: string, values: Three): string[] {
  const { prior, config, planned } = values;
  if (identical(attribute, planned, config)) return [];
  if (prior !== null && config !== null && identical(attribute, planned, prior)) return [];
  if (attribute.computed && (!attribute.optional || config === null)) return [];
  if (config === null)
    return [`${path}: planned, although nothing is written and it is not computed`];
  if (!("attributes" in attribute)) return [`${path}: planned ${text(values)}`];
  if (planned === null || isUnknown(planned)) return [`${path}: planned ${text(values)}`];
  if (attribute.type === "object") return fieldProblems(attribute.attributes, path, values);
  return itemProblems(attribute.attributes, path, values);
}

function fieldProblems(attributes: Attributes, path: string, values: Three): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    plannedProblems(attribute, `${path}.${name}`, {
      prior: fieldOf(values.prior, name),
      config: fieldOf(values.config, name),
      planned: fieldOf(values.planned, name),
    }),
  );
}

function itemProblems(attributes: Attributes, path: string, values: Three): string[] {
  const [config, planned] = [values.config, values.planned as unknown[]];
  if (!Array.isArray(config) || config.length !== planned.length) {
    return [`${path}: the plan has another number of items`];
  }
  const prior = Array.isArray(values.prior) ? values.prior : [];
  return planned.flatMap((item, at) =>
    isUnknown(item) && isUnknown(config[at])
      ? []
      : fieldProblems(attributes, `${path}[${at}]`, {
          prior: prior[at] ?? null,
          config: config[at],
          planned: item,
        }),
  );
}

/** What is not known inside of something that is not known. */
function fieldOf(value: unknown, name: string): unknown {
  if (value === null || isUnknown(value)) return value;
  return (value as Values)[name] ?? null;
}

/** What was known stays as it was; what was not may be anything. */
export function completionProblems(
  attributes: Attributes,
  promised: Values,
  actual: Values,
): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    completes(attribute, promised[name] ?? null, actual[name] ?? null)
      ? []
      : [`${name}: was ${JSON.stringify(promised[name])}, and is ${JSON.stringify(actual[name])}`],
  );
}

function completes(attribute: Attribute, promised: unknown, actual: unknown): boolean {
  if (isUnknown(promised)) return true;
  if (promised === null || actual === null) return promised === actual;
  if (isUnknown(actual)) return false;
  switch (attribute.type) {
    case "object":
      return fieldsComplete(attribute.attributes, promised as Values, actual as Values);
    case "objectList":
      return listCompletes(promised as unknown[], actual as unknown[], (one, other) =>
        completes({ ...attribute, type: "object" }, one, other),
      );
    case "set":
      return setCompletes(promised as unknown[], actual as unknown[]);
    case "list":
      return listCompletes(promised as unknown[], actual as unknown[], leafCompletes);
    case "map":
      return mapCompletes(promised as Values, actual as Values);
    default:
      return promised === actual;
  }
}

function fieldsComplete(attributes: Attributes, promised: Values, actual: Values): boolean {
  return completionProblems(attributes, promised, actual).length === 0;
}

function listCompletes(
  promised: readonly unknown[],
  actual: readonly unknown[],
  completesItem: (one: unknown, other: unknown) => boolean,
): boolean {
  return (
    promised.length === actual.length &&
    promised.every((item, at) => completesItem(item, actual[at]))
  );
}

function mapCompletes(promised: Values, actual: Values): boolean {
  const keys = Object.keys(promised);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) => key in actual && leafCompletes(promised[key], actual[key]))
  );
}

/** Each element has a counterpart, and there are never more than before: two may turn out to be one. */
function setCompletes(promised: readonly unknown[], actual: readonly unknown[]): boolean {
  return (
    actual.length <= promised.length &&
    promised.every((one) => actual.some((other) => leafCompletes(one, other))) &&
    actual.every((other) => promised.some((one) => leafCompletes(one, other)))
  );
}

function leafCompletes(promised: unknown, actual: unknown): boolean {
  return isUnknown(promised) || promised === actual;
}

/** The same, unknowns included; sets in any order. */
export function identical(attribute: Attribute, left: unknown, right: unknown): boolean {
  const sorted = (value: unknown) =>
    attribute.type === "set" && Array.isArray(value)
      ? [...value].map((each) => JSON.stringify(each)).sort()
      : value;
  return canonical(sorted(left)) === canonical(sorted(right));
}

/** Unknowns have a text of their own, which no test writes. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner) && !isUnknown(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

function text({ prior, config, planned }: Three): string {
  const [was, written, said] = [prior, config, planned].map((each) => JSON.stringify(each));
  return `${said}, while ${written} is written and it was ${was}`;
}

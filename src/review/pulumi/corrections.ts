import type { Value, Values } from "../objects/values";

/** The value at one place inside of an object's attributes. */
export interface Correction {
  /** Terraform's names, and numbers inside of lists. */
  readonly path: Path;
  readonly value: Value;
}

type Path = readonly (string | number)[];

export function corrected(values: Values, corrections: readonly Correction[]): Values {
  return corrections.reduce(
    (known, { path, value }) => placed(known, path, value) as Values,
    values,
  );
}

export function correctedNames(corrections: readonly Correction[]): ReadonlySet<string> {
  return new Set(corrections.map(({ path: [name] }) => String(name)));
}

function placed(inside: Value | undefined, [step, ...rest]: Path, value: Value): Value {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list: Value[] = Array.isArray(inside) ? [...(inside as readonly Value[])] : [];
    list[step] = placed(list[step], rest, value);
    return list;
  }
  const record = isRecord(inside) ? inside : {};
  return { ...record, [step]: placed(record[step], rest, value) };
}

function isRecord(value: Value | undefined): value is Values {
  return typeof value === "object" && value?.constructor === Object;
}

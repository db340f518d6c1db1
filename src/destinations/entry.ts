import { DESTINATIONS } from ".";
import { canonicalSetting } from "./format/record";
import type { DestinationRecord, Written } from "./record";

/** The records of every kind, in their order, for those that treat all kinds alike. */
export const RECORDS: Readonly<Record<string, DestinationRecord>> = DESTINATIONS;

/** An entry of `deliver_to`: what is written of each kind, of which one is set. */
export type Entry = { readonly [kind: string]: unknown };

/** The destination that an entry names. */
export interface NamedDestination {
  readonly kind: string;
  readonly record: DestinationRecord;
  readonly written: Written;
}

/** Undefined where an entry names none, as only one that was refused does. */
export function destinationIn(entry: Entry): NamedDestination | undefined {
  for (const [kind, record] of Object.entries(RECORDS)) {
    const written = entry[kind] ?? null;
    if (written !== null) return { kind, record, written: written as Written };
  }
  return undefined;
}

/** The attributes that tell two entries apart: other settings of a destination may change in place, these may not. */
export function identityNames({ place, immutable = [] }: DestinationRecord): readonly string[] {
  return [...place, ...immutable];
}

/** What tells two entries apart. */
export function identityOf(entry: Entry): string {
  return JSON.stringify(identityParts(entry));
}

export function identityParts(entry: Entry): unknown[] {
  const named = destinationIn(entry);
  if (named === undefined) return [];
  const { kind, record, written } = named;
  const names = identityNames(record);
  return [kind, ...names.map((name) => canonicalSetting(name, written[name] ?? null))];
}

/** By attribute, for those that have one. */
export function defaultsOf({ attributes }: Pick<DestinationRecord, "attributes">): {
  readonly [attribute: string]: string | number | boolean;
} {
  const entries = Object.entries(attributes).flatMap(([name, attribute]) =>
    "default" in attribute && attribute.default !== undefined ? [[name, attribute.default]] : [],
  );
  return Object.fromEntries(entries) as Record<string, string | number | boolean>;
}

/** Every attribute as it applies; null where it is not set and has no default. */
export function withDefaults(record: DestinationRecord, written: Written): Written {
  const defaults = defaultsOf(record);
  const names = Object.keys(record.attributes);
  return Object.fromEntries(names.map((name) => [name, written[name] ?? defaults[name] ?? null]));
}

/** What an entry is called in errors. */
export function labelOf(
  { record, written }: Pick<NamedDestination, "record" | "written">,
  say: (value: unknown) => string,
): string {
  return record.label(withDefaults(record, written), say);
}

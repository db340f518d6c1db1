import {
  destinationIn,
  identityNames,
  withDefaults,
  type NamedDestination,
} from "../../destinations/entry";
import type { DestinationForm } from "../objects/forms";
import { asRecord, inWords, known, type Value, type Values } from "../objects/values";
import { without } from "./account";

/** An entry of `deliver_to`. */
export function glsaDestination(entry: Value): DestinationForm {
  const named = destinationIn(known(asRecord(entry)) ?? {});
  const values = known(asRecord(named?.written as Value | undefined));
  if (named === undefined || values === undefined) {
    const label = `a destination ${inWords(entry)}`;
    return { identity: label, label, remarks: [], isUnprotected: false, settings: {} };
  }
  return formOf(named, values);
}

function formOf({ kind, record }: NamedDestination, values: Values): DestinationForm {
  const { exact, immutable = [], review } = record;
  const wordsOf = (names: readonly string[]) =>
    JSON.stringify([kind, ...names.map((name) => inWords(values[name] ?? null))]);
  const identity = identityNames(record);
  return {
    kind,
    written: values,
    identity: wordsOf(identity),
    kindred: wordsOf([...exact, ...immutable]),
    label: review.label(withDefaults(record, values), (value) => inWords(value as Value)),
    remarks: review.remarks?.(values) ?? [],
    isUnprotected: review.isUnprotected?.(values) ?? false,
    settings: without(values, identity),
  };
}

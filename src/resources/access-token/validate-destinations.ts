import { RECORDS } from "../../destinations/entry";
import type { DestinationRecord, Written } from "../../destinations/record";
import { error, isUnknown, type AttributePath, type Diagnostic } from "../../provider/contract";
import { asError, containerErrors, exactlyOne, isSet, known } from "../shared/problems";
import type { AccessTokenConfig, DeliveryConfig } from "./schema";

/** The problems of `deliver_to`. Whether a token can be without it is decided in the plan, which knows of an import. */
export function destinationErrors({ deliver_to: entries }: AccessTokenConfig): Diagnostic[] {
  if (isUnknown(entries)) return [];
  return (entries ?? []).flatMap((entry, at) =>
    isUnknown(entry) ? [] : entryErrors(entry, ["deliver_to", at]),
  );
}

function entryErrors(entry: DeliveryConfig, path: AttributePath): Diagnostic[] {
  const kinds = exactlyOne(entry, Object.keys(RECORDS)).map((problem) => ({ ...problem, path }));
  if (kinds.length > 0) return kinds;
  const written: { readonly [kind: string]: unknown } = entry;
  return Object.entries(RECORDS).flatMap(([kind, record]) => {
    const settings = written[kind];
    if (!isSet(settings) || isUnknown(settings)) return [];
    return settingsErrors(record, settings as Written, [...path, kind]);
  });
}

function settingsErrors(
  record: DestinationRecord,
  written: Written,
  path: AttributePath,
): Diagnostic[] {
  const conflict = record.conflict?.(written);
  return [
    ...(record.inContainer ? placeErrors(written, path) : []),
    ...Object.entries(record.rules ?? {}).flatMap(([name, rule]) => {
      const value = written[name];
      if (!isSet(value) || isUnknown(value)) return [];
      return asError(rule?.problem?.(value as never), [...path, name]);
    }),
    ...(conflict === undefined ? [] : asError(conflict.problem, [...path, conflict.attribute])),
    ...choiceErrors(record, written, path),
  ];
}

function placeErrors({ group, project }: Written, path: AttributePath): Diagnostic[] {
  const choice = exactlyOne({ group, project }, ["project", "group"]);
  return [
    ...choice.map((problem) => ({ ...problem, path })),
    ...containerErrors({ group, project }, path),
  ];
}

function choiceErrors(
  { attributes }: DestinationRecord,
  written: Written,
  path: AttributePath,
): Diagnostic[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const values = "values" in attribute ? attribute.values : undefined;
    const choice = known(written[name]) as string | undefined;
    if (values === undefined || choice === undefined || values.includes(choice)) return [];
    const detail = `${name} must be ${values.join(" or ")}; got "${choice}".`;
    return [error("unknown-choice", `Unknown ${name} "${choice}"`, detail, [...path, name])];
  });
}

import {
  defaultsOf,
  labelOf,
  RECORDS,
  type NamedDestination,
} from "../../../src/destinations/entry";
import type { Problem } from "../../../src/model";
import { camelCase } from "../../../src/official";
import type { ContainerRef } from "../account-owner";
import { choiceProblems, containerProblems, exactlyOne, ruleProblems } from "../common-rules";
import { at, type DeclarationProblem } from "../declaration-problem";
import type { IsLate, Spell } from "../late";
import type { Delivery, DeliveryDestination } from "./generated";

type Options = Readonly<Record<string, unknown>>;

/** A destination by the names of its record. */
function named(destination: DeliveryDestination): NamedDestination | undefined {
  const given = destination as Readonly<Record<string, Options | undefined>>;
  for (const [kind, record] of Object.entries(RECORDS)) {
    const options = given[camelCase(kind)];
    if (options === undefined) continue;
    const names = Object.keys(record.attributes);
    const written = Object.fromEntries(names.map((name) => [name, options[camelCase(name)]]));
    return { kind, record, written };
  }
  return undefined;
}

/** All problems of a destination. */
export function destinationProblems(
  property: string,
  destination: DeliveryDestination,
  isLate: IsLate,
): DeclarationProblem[] {
  const found = named(destination);
  if (found === undefined) return [];
  const { kind, record, written } = found;
  const propertyOf = (name: string) => `${property}.${camelCase(kind)}.${camelCase(name)}`;
  const conflict = record.conflict?.(written);
  return [
    ...(record.inContainer ? placeProblems(found, propertyOf, isLate) : []),
    ...Object.entries(record.rules ?? {}).flatMap(([name, rule]) => {
      const check = (known: unknown): Problem | undefined =>
        rule?.inPrograms ? rule.inPrograms(known as never) : rule?.problem?.(known as never);
      const value = written[name];
      // Nothing can be checked about a program that is known later, even if its arguments are known.
      if (Array.isArray(value) && isLate(value[0])) return [];
      return ruleProblems(propertyOf(name), value, check, isLate);
    }),
    ...(conflict === undefined
      ? []
      : at(propertyOf(conflict.attribute), conflict.inPrograms ?? conflict.problem)),
    ...Object.entries(record.attributes).flatMap(([name, attribute]) => {
      const choices = "values" in attribute ? attribute.values : undefined;
      const value = written[name] as string | undefined;
      return choices === undefined ? [] : choiceProblems(propertyOf(name), value, choices, isLate);
    }),
  ];
}

function placeProblems(
  { kind, written }: NamedDestination,
  propertyOf: (name: string) => string,
  isLate: IsLate,
): DeclarationProblem[] {
  const noun = kind.replace(/^.*_/, "");
  const [project, group] = [propertyOf("project"), propertyOf("group")];
  return [
    ...exactlyOne(
      { [project]: written["project"], [group]: written["group"] },
      `A ${noun} belongs to one of them: declare a delivery for each.`,
    ),
    ...containerProblems(project, written["project"], isLate),
    ...containerProblems(group, written["group"], isLate),
  ];
}

/**
 * Equal for two destinations of which one would overwrite the other.
 * @param instance distinguishes the GitLab instances of one program
 */
export function destinationLabel(
  destination: DeliveryDestination,
  spell: Spell,
  instance = "",
): string {
  const found = named(destination);
  if (found === undefined) return "";
  const label = labelOf(found, (value) => spell(value as Parameters<Spell>[0]));
  return found.record.inContainer ? `${label}${instance}` : label;
}

/** The settings of a destination, without those that identify it: the written value, or else the default. */
export function destinationSettings(destination: DeliveryDestination): {
  readonly written: Options;
  readonly defaults: Options;
} {
  const found = named(destination);
  if (found === undefined) return { written: {}, defaults: {} };
  const { record, written } = found;
  const isSetting = ([name, value]: [string, unknown]) =>
    !record.place.includes(name) && value !== undefined;
  const inProgram = (values: Options) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(isSetting)
        .map(([name, value]) => [camelCase(name), value]),
    );
  return { written: inProgram(written), defaults: inProgram(defaultsOf(record)) };
}

/** A destination as glsa's provider expects it: projects and groups as strings. */
export function deliveryValues<DeliverTo>(
  { destination }: Delivery,
  asText: (container: ContainerRef | undefined) => unknown,
): DeliverTo {
  const isInGitLab = named(destination)?.record.inContainer ?? false;
  const entries = Object.entries(destination).map(([property, options]) => {
    const { project, group, ...others } = options as {
      readonly project?: ContainerRef;
      readonly group?: ContainerRef;
    };
    const values = isInGitLab
      ? { ...others, project: asText(project), group: asText(group) }
      : options;
    return [property, values] as const;
  });
  return Object.fromEntries(entries) as DeliverTo;
}

import {
  holdsUnknown,
  isUnknown,
  sameValue,
  type Attribute,
  type AttributePath,
  type Attributes,
  type Fields,
} from "../contract";
import type { Change } from "./change";
import { propertyNames, toPropertyPath } from "./names";
import { DIFF_KIND, type Message } from "./protocol";

type Details = Record<string, Message<"PropertyDiff">>;

/**
 * Where inputs change, and how. Engines take the new value from the inputs, so an attribute that only the provider
 * sets has no place here. Nor has one that somebody else changed and that becomes again what the engine has recorded: it
 * would show the same value twice. The provider tells of it in words.
 */
export function detailedDiff(
  attributes: Attributes,
  {
    prior,
    recorded,
    planned,
    replace,
  }: { prior: Fields; recorded: Fields; planned: Fields; replace: readonly string[] },
): Details {
  const details: Details = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!isInput(attribute) || sameValue(prior[name], planned[name])) continue;
    if (!replace.includes(name) && sameValue(recorded[name], planned[name])) continue;
    const property = propertyNames(attributes).toProperty.get(name) ?? name;
    const found: Details = {};
    compare(attribute, prior[name] ?? null, planned[name] ?? null, property, found);
    for (const [path, { kind }] of Object.entries(found)) {
      details[path] = {
        kind: replace.includes(name) ? (REPLACING[kind] ?? kind) : kind,
        inputDiff: false,
      };
    }
  }
  return details;
}

const REPLACING: { readonly [kind: number]: number } = {
  [DIFF_KIND.add]: DIFF_KIND.addReplace,
  [DIFF_KIND.delete]: DIFF_KIND.deleteReplace,
  [DIFF_KIND.update]: DIFF_KIND.updateReplace,
};

function isInput({ required, optional }: Attribute): boolean {
  return required === true || optional === true;
}

function compare(
  attribute: Attribute,
  prior: unknown,
  planned: unknown,
  path: string,
  found: Details,
): void {
  if (sameValue(prior, planned)) return;
  if ("attributes" in attribute && isKnownObject(prior) && isKnownObject(planned)) {
    if (attribute.type === "object") {
      compareFields(attribute.attributes, prior as Fields, planned as Fields, path, found);
      return;
    }
    const [before, after] = [prior as unknown[], planned as unknown[]];
    if (before.length === after.length) {
      before.forEach((item, at) => {
        const entry = { ...attribute, type: "object" } as const;
        compare(entry, item, after[at], `${path}[${at}]`, found);
      });
      return;
    }
  }
  found[path] = { kind: kindOf(prior, planned), inputDiff: false };
}

function compareFields(
  attributes: Attributes,
  prior: Fields,
  planned: Fields,
  path: string,
  found: Details,
): void {
  const { toProperty } = propertyNames(attributes);
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!isInput(attribute)) continue;
    const property = toProperty.get(name) ?? name;
    compare(attribute, prior[name] ?? null, planned[name] ?? null, `${path}.${property}`, found);
  }
}

function kindOf(prior: unknown, planned: unknown): Message<"PropertyDiff">["kind"] {
  if (prior === null) return DIFF_KIND.add;
  return planned === null ? DIFF_KIND.delete : DIFF_KIND.update;
}

function isKnownObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isUnknown(value);
}

/** A difference in words. */
interface Told {
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What an engine's own plan cannot show, because it knows only the recorded state and the inputs: what somebody else
 * changed, and what the provider sets by itself.
 */
export function explainChange(attributes: Attributes, change: Change): string[] {
  const { observed, planned, changed, wanted } = change;
  const { recorded, state } = observed;
  const isSecret = (name: string) =>
    attributes[name]?.sensitive === true || wanted.secrets.has(name) || recorded.secrets.has(name);
  const tell = (name: string, from: unknown, to: unknown): Told[] => {
    if (isSecret(name)) {
      return [{ property: toPropertyPath([name], attributes), from: "[secret]", to: "[secret]" }];
    }
    return differences([name], from, to).map((difference) => ({
      property: toPropertyPath(difference.path, attributes),
      from: inWords(difference.from),
      to: inWords(difference.to),
    }));
  };
  const foundElsewhere = changed
    .filter((name) => !sameValue(recorded.state[name], state[name]))
    .flatMap((name) => tell(name, recorded.state[name], state[name]))
    .map(({ property, from, to }) => `${property} is ${to} and not ${from}`);
  const setByProvider = changed
    .filter((name) => wanted.config[name] === null && !holdsUnknown(planned[name]))
    .flatMap((name) => tell(name, state[name], planned[name]))
    .map(({ property, from, to }) => `${property} becomes ${to} (${from} now)`);
  return [
    ...(foundElsewhere.length > 0 ? [`Found changed: ${foundElsewhere.join("; ")}.`] : []),
    ...(setByProvider.length > 0 ? [`Planned: ${setByProvider.join("; ")}.`] : []),
  ];
}

function inWords(value: unknown): string {
  return value === null || value === undefined ? "nothing" : JSON.stringify(value);
}

export interface Difference {
  readonly path: AttributePath;
  readonly from: unknown;
  readonly to: unknown;
}

/** Where two values differ, as deep inside as they still have the same shape. */
export function differences(path: AttributePath, from: unknown, to: unknown): Difference[] {
  if (sameValue(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return from.flatMap((item, index) => differences([...path, index], item, to[index]));
  }
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return names.flatMap((name) => differences([...path, name], from[name], to[name]));
  }
  return [{ path, from, to }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

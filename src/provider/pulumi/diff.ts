import {
  isUnknown,
  sameValue,
  type Attribute,
  type Attributes,
  type Fields,
  type ObjectMapAttribute,
} from "../contract";
import { joinPath, propertyNames } from "./names";
import { DIFF_KIND, type Message } from "./protocol";

type Details = Record<string, Message<"PropertyDiff">>;

/**
 * Where inputs change, and how. Engines take the new value from the inputs, so attributes that only the provider sets
 * are left out. So are those that were changed outside and return to what the engine has recorded: the diff would show
 * the same value twice. The provider reports these in words.
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
    if (attribute.type === "objectMap") {
      compareEntries(attribute, prior as Fields, planned as Fields, path, found);
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

function compareEntries(
  attribute: ObjectMapAttribute,
  prior: Fields,
  planned: Fields,
  path: string,
  found: Details,
): void {
  const entry = { ...attribute, type: "object" } as const;
  for (const key of new Set([...Object.keys(prior), ...Object.keys(planned)])) {
    compare(entry, prior[key] ?? null, planned[key] ?? null, joinPath(path, key), found);
  }
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

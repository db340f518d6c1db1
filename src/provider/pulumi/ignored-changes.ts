import {
  isUnknown,
  type Attribute,
  type Attributes,
  type ConfigOf,
  type StateOf,
  type Fields,
  type ObjectMapAttribute,
} from "../contract";
import { parsePropertyPath, propertyNames } from "./names";

/**
 * A configuration in which the values named by `ignoreChanges` are the current ones. Engines put the old input there,
 * which would undo changes from outside.
 */
export function keepIgnored(
  attributes: Attributes,
  config: ConfigOf<Attributes>,
  prior: StateOf<Attributes>,
  paths: readonly string[],
): ConfigOf<Attributes> {
  return paths.reduce<Fields>(
    (kept, path) => keepAt(attributes, kept, prior, parsePropertyPath(path)),
    config,
  ) as ConfigOf<Attributes>;
}

type Steps = readonly (string | number)[];

function keepAt(attributes: Attributes, config: Fields, prior: Fields, steps: Steps): Fields {
  const [step, ...rest] = steps;
  const { toAttribute } = propertyNames(attributes);
  const names = Object.keys(attributes).filter(
    (name) => step === "*" || name === toAttribute.get(String(step)),
  );
  return {
    ...config,
    ...Object.fromEntries(
      names.flatMap((name) => {
        const attribute = attributes[name];
        if (attribute === undefined || !(attribute.required || attribute.optional)) return [];
        if (config[name] === null && followsOthers(attribute)) return [];
        return [[name, keepValue(attribute, config[name], prior[name], rest)] as const];
      }),
    ),
  };
}

/** It was not written, and a value that the provider sets is not an outside change: the date of a rotating token. */
function followsOthers(attribute: Attribute): boolean {
  return attribute.computed === true && !("default" in attribute);
}

/** An element of a list, a set or a map represents the whole: the others have no place without it. */
function keepValue(attribute: Attribute, config: unknown, prior: unknown, rest: Steps): unknown {
  if (rest.length === 0 || !("attributes" in attribute)) return prior;
  if (!isObject(config) || !isObject(prior)) return config;
  if (attribute.type === "objectMap") {
    return keepEntries(attribute, config as Fields, prior as Fields, rest);
  }
  if (!Array.isArray(config)) {
    return keepAt(attribute.attributes, config as Fields, prior as Fields, rest);
  }
  const [index, ...further] = rest;
  return config.map((item: unknown, at) => {
    const before = (prior as unknown[])[at];
    if ((index !== "*" && index !== at) || before === undefined) return item;
    if (further.length === 0) return before;
    if (!isObject(item)) return item;
    return keepAt(attribute.attributes, item as Fields, before as Fields, further);
  });
}

/** What is named by its key can stay, or stay away, without the others. */
function keepEntries(
  { attributes }: ObjectMapAttribute,
  config: Fields,
  prior: Fields,
  [key, ...further]: Steps,
): Fields {
  const keys = key === "*" ? [...Object.keys(config), ...Object.keys(prior)] : [String(key)];
  const kept = { ...config };
  for (const name of new Set(keys)) {
    const [item, before] = [config[name], prior[name]];
    if (further.length > 0) {
      if (!isObject(item) || !isObject(before)) continue;
      kept[name] = keepAt(attributes, item as Fields, before as Fields, further);
    } else if (before === undefined) delete kept[name];
    else kept[name] = before;
  }
  return kept;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !isUnknown(value);
}

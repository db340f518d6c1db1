import { error, type Attribute, type Attributes, type Diagnostic } from "../../contract";
import { propertyNames } from "../names";
import { decodeInputs, type DecodedInputs } from "./decode-inputs";
import { revealed, type PropertyMap, type PropertyValue } from "./property-value";

/**
 * The provider's settings. They come from a stack's configuration, which holds text alone, or from a program, which
 * sends what is not text as JSON. Among them may stand the engine's own (`version`), and those of a project that has
 * the provider's name; so what is unknown is left alone, unless it is nearly one of ours.
 */
export function decodeSettings<A extends Attributes>(
  attributes: A,
  settings: PropertyMap,
): DecodedInputs<A> {
  const { toAttribute } = propertyNames(attributes);
  const known = new Map<string, PropertyValue>();
  const misspelt: Diagnostic[] = [];
  for (const [property, value] of Object.entries(settings)) {
    const name = toAttribute.get(property);
    if (name !== undefined) {
      known.set(property, fromText(attributes[name], revealed(value)));
    } else {
      const meant = [...toAttribute.keys()].find((other) => letters(other) === letters(property));
      if (meant !== undefined) misspelt.push(misspelling(property, meant));
    }
  }
  const decoded = decodeInputs(attributes, Object.fromEntries(known));
  return { ...decoded, problems: [...decoded.problems, ...misspelt] };
}

function fromText(attribute: Attribute | undefined, value: PropertyValue): PropertyValue {
  const isText = attribute?.type === "string" || typeof value !== "string";
  if (isText) return value;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return value;
  }
}

function letters(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** Unheard, it would send the token to the default instance. */
function misspelling(written: string, meant: string): Diagnostic {
  const summary = `There is no setting "${written}"`;
  return error(summary, `Write ${meant} instead.`);
}

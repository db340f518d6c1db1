import type { Attribute, AttributePath, Attributes } from "../contract";
import type { AttributePathMessage, PathStep } from "./protocol/messages";

/**
 * As much of a path as engines find in a configuration: an attribute, and one element of it. A path that goes
 * on into a nested object makes them fall back to the first line of the whole block.
 */
export function toWirePath(path: AttributePath, attributes: Attributes): AttributePathMessage {
  const [name, key] = path;
  if (name === undefined) return { steps: [] };
  const step = elementStep(attributes[name], key);
  return { steps: [{ attributeName: String(name) }, ...(step === undefined ? [] : [step])] };
}

/** The elements of a set have no position to point at. */
function elementStep(
  attribute: Attribute | undefined,
  key: string | number | undefined,
): PathStep | undefined {
  if (typeof key === "number") {
    return attribute?.type === "set" ? undefined : { elementKeyInt: key };
  }
  return attribute?.type === "map" && key !== undefined ? { elementKeyString: key } : undefined;
}

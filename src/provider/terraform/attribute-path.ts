import type { Attribute, AttributePath, Attributes } from "../contract";
import type { AttributePathMessage, PathStep } from "./protocol/messages";

/**
 * A path in the protocol's terms, where a map's key is another kind of step than an attribute's name.
 * A path into a set ends at the set: its elements have no position.
 */
export function toWirePath(path: AttributePath, attributes: Attributes): AttributePathMessage {
  const steps: PathStep[] = [];
  let inside: Attributes | undefined = attributes;
  let attribute: Attribute | undefined;
  for (const step of path) {
    if (attribute?.type === "set") break;
    if (typeof step === "number") {
      steps.push({ elementKeyInt: step });
    } else if (attribute?.type === "map") {
      steps.push({ elementKeyString: step });
    } else {
      steps.push({ attributeName: step });
      attribute = inside?.[step];
      inside =
        attribute !== undefined && "attributes" in attribute ? attribute.attributes : undefined;
    }
  }
  return { steps };
}

/** A path as people write it: `hosts[0].name`. */
export function formatPath(path: AttributePath): string {
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join("");
}

import { isUnknown, type Attribute, type Attributes } from "../../contract";
import { mapElements, type Fields } from "./conform";
import { fromWireNumber } from "./numbers";

/** The way back from `conform`: makes numbers of the decimal texts among a decoded value. */
export function revive(attributes: Attributes, value: Fields): Fields {
  const revived: Record<string, unknown> = {};
  for (const name in value) {
    const attribute = attributes[name];
    revived[name] = attribute === undefined ? value[name] : reviveValue(attribute, value[name]);
  }
  return revived;
}

/** False for most schemas, whose values then need no second walk. */
export function holdsNumbers(attributes: Attributes): boolean {
  return Object.values(attributes).some((attribute) => {
    if ("attributes" in attribute) return holdsNumbers(attribute.attributes);
    return (
      attribute.type === "number" || ("element" in attribute && attribute.element === "number")
    );
  });
}

function reviveValue(attribute: Attribute, value: unknown): unknown {
  if (value === null || isUnknown(value)) return value;
  switch (attribute.type) {
    case "object":
      return revive(attribute.attributes, value as Fields);
    case "objectList":
      return (value as unknown[]).map((item) =>
        isUnknown(item) ? item : revive(attribute.attributes, item as Fields),
      );
    case "number":
      return fromWireNumber(value);
    case "list":
    case "set":
    case "map":
      return attribute.element === "number" ? mapElements(value, fromWireNumber) : value;
    default:
      return value;
  }
}

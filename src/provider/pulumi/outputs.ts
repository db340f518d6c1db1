import {
  mapNested,
  type Attribute,
  type Attributes,
  type PrivateState,
  type StateOf,
  type Fields,
} from "../contract";
import { fittingFields } from "../host/values";
import { secretAttributes } from "./inputs";
import { propertyNames } from "./names";
import {
  canonicalSet,
  isPropertyList,
  isPropertyMap,
  revealed,
  toProperties,
  type PropertyMap,
  type PropertyValue,
} from "./values";

/** A resource as it is in the engine's state file. */
export interface Stored {
  readonly state: StateOf<Attributes>;
  readonly private: PrivateState | null;
  readonly secrets: ReadonlySet<string>;
}

/** Converts to and from the outputs of one type of resource. */
export class OutputCodec {
  /** The private state. Two underscores: engines hide such a property in their output. */
  private readonly privateKey: string;
  private readonly properties: Attributes;

  constructor(
    provider: string,
    private readonly attributes: Attributes,
  ) {
    this.privateKey = `__${provider}`;
    this.properties = withoutId(attributes);
  }

  /** Undefined if this host never wrote it: the object is being imported. */
  decode(id: string, outputs: PropertyMap): Stored | undefined {
    const privateState = outputs[this.privateKey];
    if (typeof privateState !== "string") return undefined;
    const fields = { ...toFields(this.attributes, outputs), id };
    return {
      state: fittingFields(this.attributes, fields) as StateOf<Attributes>,
      private: JSON.parse(privateState) as PrivateState | null,
      secrets: secretAttributes(this.attributes, outputs),
    };
  }

  encode(
    state: Fields,
    privateState: PrivateState | null,
    secrets: ReadonlySet<string>,
  ): PropertyMap {
    // As a string, because engines drop null values in an object.
    const text = JSON.stringify(privateState);
    return { ...this.encodePlanned(state, secrets), [this.privateKey]: text };
  }

  /** A plan, in which any value may be unknown. */
  encodePlanned(planned: Fields, secrets: ReadonlySet<string>): PropertyMap {
    return toProperties(this.properties, planned, secrets);
  }
}

/** Engines store the id separately, and refuse a property of that name. */
export function withoutId(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== "id"));
}

/** Properties by the names of their attributes, whatever their types: an older version may have written them. */
function toFields(attributes: Attributes, map: PropertyMap): Fields {
  const { toProperty } = propertyNames(attributes);
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      toField(attribute, revealed(map[toProperty.get(name) ?? name] ?? null)),
    ]),
  );
}

function toField(attribute: Attribute, value: PropertyValue): unknown {
  switch (attribute.type) {
    case "object":
      return isPropertyMap(value) ? toFields(attribute.attributes, value) : value;
    case "objectList":
      return isPropertyList(value)
        ? value.map((item) => (isPropertyMap(item) ? toFields(attribute.attributes, item) : item))
        : value;
    case "objectMap":
      return isPropertyMap(value)
        ? mapNested(attribute, value, (item) =>
            isPropertyMap(item as PropertyValue)
              ? toFields(attribute.attributes, item as PropertyMap)
              : item,
          )
        : value;
    case "set":
      return isPropertyList(value) ? canonicalSet(value) : value;
    default:
      return value;
  }
}

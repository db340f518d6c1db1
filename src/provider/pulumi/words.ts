import type { Attributes, ProviderType, Schema } from "../contract";
import { inPulumiPhrases } from "./phrases";
import { toPropertyName, toTypeName, withoutPrefix } from "./names";

type Described = Pick<ProviderType<unknown>, "name" | "schema"> & {
  readonly resources: Types;
  readonly dataSources: Types;
};

type Types = { readonly [typeName: string]: { readonly schema: Schema } };

/**
 * Texts of resources name attributes and types as their schemas do. Here they become the names that a Pulumi
 * program uses: `service_account_id` is `serviceAccountId`, `x_service_account` is `ServiceAccount`.
 */
export class Words {
  private readonly translations = new Map<string, string>();
  private readonly pattern: RegExp;

  constructor({ name, schema, resources, dataSources }: Described) {
    this.addAttributes(schema.attributes);
    for (const [typeName, type] of [...Object.entries(resources), ...Object.entries(dataSources)]) {
      this.translations.set(typeName, toTypeName(withoutPrefix(name, typeName)));
      this.addAttributes(type.schema.attributes);
    }
    const names = [...this.translations.keys()];
    // An alternative that matches nothing, so that no names at all do not match everything.
    this.pattern = new RegExp(`\\b(?:${[...names, "(?!)"].join("|")})\\b`, "g");
  }

  translate(text: string): string {
    return inPulumiPhrases(text).replace(
      this.pattern,
      (name) => this.translations.get(name) ?? name,
    );
  }

  /** A name of one word is the same in both. */
  private addAttributes(attributes: Attributes): void {
    for (const [name, attribute] of Object.entries(attributes)) {
      if (name.includes("_")) this.translations.set(name, toPropertyName(name));
      if ("attributes" in attribute) this.addAttributes(attribute.attributes);
    }
  }
}

import type { Attributes, ProviderType, Schema } from "../contract";
import { toPropertyName, toTypeName, withoutPrefix } from "./names";

type Described = Pick<ProviderType<unknown>, "name" | "schema"> & {
  readonly resources: Types;
  readonly dataSources: Types;
};

type Types = { readonly [typeName: string]: { readonly schema: Schema } };

/**
 * Texts of resources name attributes and types as their schemas do. This class translates them to the names in a Pulumi
 * program: `service_account_id` is `serviceAccountId`, `x_service_account` is `ServiceAccount`.
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
    // An alternative that matches nothing, so that an empty list of names does not match everything.
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

/**
 * Phrases of messages in Terraform's terms, and the same in Pulumi's. Only whole phrases, since a message may also
 * quote names that users chose.
 */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [
    /add\n\nmoved \{[^}]*\}\n\nwith both addresses/g,
    "give the new resource the old one's URN in `aliases`",
  ],
  [/add\n\nmoved \{[^}]*\}\n\n/g, "give the new resource the old one's URN in `aliases`. "],
  [
    /remove (it|one) from the state only, with a removed block that says destroy = false, or with state rm/g,
    "remove $1 from the state only (pulumi state delete)",
  ],
  [/\bin a list with count every entry/gi, "In a loop with numbered names every resource"],
  [
    /use for_each with the usernames as keys, and moved blocks from the numbers to them/gi,
    "Name resources after the usernames, with the old URNs in `aliases`",
  ],
  [/\(depends_on\) and leave -parallelism/g, "(dependsOn) and leave --parallel"],
  [/add a moved block/g, "give it the old one's URN in `aliases`"],
  [
    /add this block to the root module,[^{]*?import \{[^}]*?id = "([^"]+)"\n\}/g,
    'give the resource the option `import: "$1"` and preview again',
  ],
  [/in the provider block/g, "among the provider's settings"],
  [/\(terraform state rm, tofu state rm\)/g, "(pulumi state delete)"],
  [/Plan without -refresh=false/g, "Run pulumi refresh"],
  [/\(-target\)/g, "(--target)"],
  [/\bignore_changes\b/g, "ignoreChanges"],
  [/\bApply again\b/g, "Run the update again"],
  [/\bapply again\b/g, "run the update again"],
  [/\bApply (once|that resource|\w+ = false)\b/g, "Update $1"],
  [/\b(the next|the first|the same|this same|the|an|An|this) apply\b/g, "$1 update"],
  [/\bThe (next )?apply\b/g, "The $1update"],
];

export function inPulumiPhrases(text: string): string {
  return PHRASES.reduce((told, [phrase, words]) => told.replace(phrase, words), text);
}

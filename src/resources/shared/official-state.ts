import {
  DiagnosticError,
  error,
  type Attributes,
  type ForeignState,
  type ImportResult,
} from "../../provider/contract";

/**
 * The official GitLab provider, from whichever registry or mirror; and glsa's own name, since engines give the target's for
 * the source of a block with an instance's key. No type of glsa's begins with gitlab_, so that it is still the official one.
 */
const OFFICIAL_PROVIDER = /^[^/]+\/(gitlabhq\/gitlab|glsa\/glsa)$/;

/** How the official provider's types become ours, by their names. */
export type Takeovers<A extends Attributes> = ReadonlyMap<
  string,
  (source: OfficialState) => ImportResult<A>
>;

/** Takes over an object of the official provider, or says why it cannot be one of ours. */
export function takeOverOfficial<A extends Attributes>(
  target: string,
  source: ForeignState,
  takeovers: Takeovers<A>,
): ImportResult<A> {
  const takeOver = takeovers.get(source.typeName);
  const types = [...takeovers.keys()].join(", ");
  if (!OFFICIAL_PROVIDER.test(source.provider)) {
    throw new DiagnosticError(
      error(
        `${source.typeName} of ${source.provider} cannot become a ${target}`,
        `Only the official provider, gitlabhq/gitlab of any registry or mirror, has the types that it is made of: ${types}. ` +
          `Remove the moved block.`,
      ),
    );
  }
  if (takeOver === undefined) {
    throw new DiagnosticError(
      error(
        `${source.typeName} cannot become a ${target}`,
        `A ${target} takes over the official provider's ${types}. Correct the moved block.`,
      ),
    );
  }
  return takeOver(new OfficialState(source));
}

/** A state as the official provider writes it. Only what says which object it is gets read: the rest differs by version. */
export class OfficialState {
  constructor(private readonly source: ForeignState) {}

  /** A number of GitLab's, which some versions keep as text. */
  number(name: string): number {
    const value = this.source.attributes[name];
    const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    return typeof number === "number" && Number.isSafeInteger(number) ? number : this.lacks(name);
  }

  /** A group or project by number or path, under the first of its names that is set. */
  place(...names: readonly [string, ...string[]]): string {
    const values = names.map((name) => this.source.attributes[name]);
    const value = values.find((candidate) => candidate !== undefined && candidate !== null);
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text !== "string" || text === "") return this.lacks(names[0]);
    return text.replaceAll(/%2f/gi, "/");
  }

  /** The 678 of an id such as `12:345:678`. */
  lastNumberOfId(): number {
    const { id } = this.source.attributes;
    const found = typeof id === "string" ? /:(\d+)$/.exec(id) : null;
    return found === null ? this.lacks("id") : Number(found[1]);
  }

  private lacks(name: string): never {
    const { typeName, schemaVersion } = this.source;
    throw new DiagnosticError(
      error(
        `A ${typeName} cannot be taken over`,
        `Its state (schema version ${schemaVersion}) has no usable ${name}, so that nobody can tell which object it is. ` +
          `Write it anew with the official provider (terraform apply -refresh-only, tofu apply -refresh-only), or import the object instead.`,
      ),
    );
  }
}

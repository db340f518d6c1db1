import {
  GLSA_TYPES,
  attributesFor,
  lastNumberOf,
  officialType,
  officialTypesOf,
  type OfficialType,
} from "../../official";
import { DiagnosticError, error, type ForeignState } from "../../provider/contract";

/**
 * The official GitLab provider, from any registry or mirror; and glsa's own name, since engines pass the target's
 * provider for a source block with an instance key. No type of glsa begins with gitlab_, so it is still the official
 * one.
 */
const OFFICIAL_PROVIDER = /^[^/]+\/(gitlabhq\/gitlab|glsa\/glsa)$/;

/** The object that a state of the official provider describes: its attributes in glsa's resource, and its numbers. */
export interface OfficialIdentity {
  /** Its owner or container, by number or path. */
  readonly place: { readonly group?: string; readonly project?: string; readonly instance?: true };
  /** The same as the beginning of an id of glsa: `group:platform/apps`, `instance`. */
  readonly prefix: string;
  readonly userId: number;
}

/** Takes over an object of the official provider, or reports why glsa cannot manage it. */
export function officialIdentity(
  noun: keyof typeof GLSA_TYPES,
  source: ForeignState,
): OfficialIdentity {
  const target = GLSA_TYPES[noun];
  const type = officialType(source.typeName);
  const types = officialTypesOf(noun).join(", ");
  if (!OFFICIAL_PROVIDER.test(source.provider)) {
    throw new DiagnosticError(
      error(
        "unmovable-object",
        `${source.typeName} of ${source.provider} cannot become a ${target}`,
        `Only the official provider, gitlabhq/gitlab of any registry or mirror, has the supported types: ${types}. ` +
          `Remove the moved block.`,
      ),
    );
  }
  if (type?.noun !== noun) {
    throw new DiagnosticError(
      error(
        "unmovable-object",
        `${source.typeName} cannot become a ${target}`,
        `A ${target} takes over the official provider's ${types}. Correct the moved block.`,
      ),
    );
  }
  return identityIn(source, type);
}

/** Reads only what identifies the object: the rest differs by version. */
function identityIn(source: ForeignState, type: OfficialType): OfficialIdentity {
  const { in: kind } = type;
  const spelling =
    kind === "instance" ? undefined : usable(source, attributesFor(kind, type), asSpelling);
  return {
    place: spelling === undefined ? { instance: true } : { [kind]: spelling },
    prefix: spelling === undefined ? kind : `${kind}:${spelling}`,
    userId: usable(source, attributesFor("userId", type), asNumber),
  };
}

/** The 678 of an id such as `12:345:678`. */
export function officialTokenId(source: ForeignState): number {
  return usable(source, ["id"], (id) =>
    typeof id === "string" && id.includes(":") ? lastNumberOf(id) : undefined,
  );
}

/** The value under the first of several names that is set. */
function usable<T>(
  { typeName, schemaVersion, attributes }: ForeignState,
  names: readonly string[],
  parse: (value: unknown) => T | undefined,
): T {
  const values = names.map((name) => attributes[name] ?? undefined);
  const parsed = parse(values.find((value) => value !== undefined));
  if (parsed !== undefined) return parsed;
  throw new DiagnosticError(
    error(
      "incomplete-old-state",
      `A ${typeName} cannot be taken over`,
      `Its state (schema version ${schemaVersion}) has no usable ${names[0]}, so the object cannot be identified. ` +
        `Write it again with the official provider (terraform apply -refresh-only, tofu apply -refresh-only), or import the object instead.`,
    ),
  );
}

/** GitLab's number, which some versions keep as a string. */
function asNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

/** A group or project by number or path. */
function asSpelling(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text.replaceAll(/%2f/gi, "/") : undefined;
}

import { at } from "./declaration-problem";
import { InvalidDeclarationError } from "./invalid-declaration-error";

const WAYS_OUT: Readonly<Record<string, string>> = {
  resource: "This object is managed by the official GitLab provider. Use officialResource.",
  officialResource: "This object is managed by glsa's provider. Use resource.",
};

const NOT_TOLD =
  "The official GitLab provider does not expose it. Leave it out, or use glsa's provider.";

/** A value that not every provider exposes. If it is missing, the error names the property and the remedy. */
export function told<T>(path: string, property: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new InvalidDeclarationError(
    path,
    at(property, {
      code: "absent-property",
      summary: "The property is not available",
      detail: WAYS_OUT[property] ?? NOT_TOLD,
    }),
  );
}

/** The underlying resource, if it is of the type. Otherwise the error names the property to use. */
export function toldAs<T extends object>(
  path: string,
  property: "resource" | "officialResource",
  resource: object,
  type: abstract new (...values: never[]) => T,
): T {
  return told(path, property, resource instanceof type ? resource : undefined);
}

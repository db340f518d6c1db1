import { at } from "./declaration-problem";
import { InvalidDeclarationError } from "./invalid-declaration-error";

const WAYS_OUT: Readonly<Record<string, string>> = {
  resource: "This one is made through the official GitLab provider. Use officialResource.",
  officialResource: "This one is made through glsa's provider. Use resource.",
};

const NOT_TOLD =
  "The official GitLab provider does not tell it. Leave it out, or use glsa's provider.";

/** What not every provider tells; without it the error names the property and what to do. */
export function told<T>(path: string, property: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new InvalidDeclarationError(
    path,
    at(property, {
      code: "absent-property",
      summary: "There is none",
      detail: WAYS_OUT[property] ?? NOT_TOLD,
    }),
  );
}

/** The resource behind it, where that is of the type; otherwise the error says which one to use. */
export function toldAs<T extends object>(
  path: string,
  property: "resource" | "officialResource",
  resource: object,
  type: abstract new (...values: never[]) => T,
): T {
  return told(path, property, resource instanceof type ? resource : undefined);
}

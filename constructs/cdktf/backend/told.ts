import type { IConstruct } from "constructs";
import { at, InvalidDeclarationError } from "../../words";

const WAYS_OUT: Readonly<Record<string, string>> = {
  resource: "This one is made through the official GitLab provider. Use officialResource.",
  officialResource: "This one is made through glsa's provider. Use resource.",
};

/** A value that not every provider tells; the error says which to use. */
export function told<T>(construct: IConstruct, property: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new InvalidDeclarationError(
    construct.node.path,
    at(property, {
      summary: "There is none",
      detail:
        WAYS_OUT[property] ??
        "The official GitLab provider does not tell it. Leave it out, or use glsa's provider.",
    }),
  );
}

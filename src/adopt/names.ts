import { slug } from "../model";

/** Gives each object a unique name: letters, digits and hyphens, from the words that identify it. */
export class Names {
  private readonly taken = new Set<string>();

  constructor(private readonly longest: number) {}

  /**
   * @param number GitLab's number, which distinguishes objects with one name. The first caller, for the oldest object,
   * gets the name without it.
   */
  nameOf(words: readonly string[], number: string): string {
    const readable = joined(words.map(slug));
    let name = readable.slice(0, this.longest).replace(/-+$/, "");
    if (name !== readable || name === "") name = joined([name, slug(number)]);
    while (this.taken.has(name)) name = joined([name, slug(number)]);
    this.taken.add(name);
    return name;
  }
}

function joined(words: readonly string[]): string {
  return words.filter((word) => word !== "").join("-");
}

/** A name of a Terraform resource: `platform_deployer`. */
export function snakeCase(name: string): string {
  return identifier(name.replaceAll("-", "_"));
}

/** A name of a TypeScript constant: `platformDeployer`. */
export function camelCase(name: string): string {
  const camel = identifier(
    name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  );
  return RESERVED.has(camel) ? `${camel}Account` : camel;
}

function identifier(text: string): string {
  return /^[a-z]/.test(text) ? text : `_${text}`;
}

/** Names that no constant of a module can have, or that the generated files import or declare themselves. */
const RESERVED = new Set(
  (
    "account await break case catch class const continue debugger default delete do else enum export extends false " +
    "finally for function if implements import in instanceof interface let new null package private protected public " +
    "return scope declareServiceAccounts static super switch this throw true try typeof var void while with yield arguments eval undefined"
  ).split(" "),
);

import { snakeCase } from "../../official";
import { Hidden, type Value } from "../objects/values";
import type { Correction } from "./corrections";
import type { PreviewDocument } from "./document";
import { SECRET, maskedProperties } from "./masked";

/** What glsa tells the engine in words, because a preview cannot show it. */
export interface Explained {
  /** How attributes really are now, where the recorded state is wrong. */
  readonly found: readonly Correction[];
  /** What becomes of attributes that nobody wrote. */
  readonly planned: readonly Correction[];
}

const NOTHING: Explained = { found: [], planned: [] };

/** By URN. The sentences are those of glsa's own provider. */
export function explanations(document: PreviewDocument): (urn: string) => Explained {
  const byUrn = new Map<string, Explained>();
  for (const { urn, message = "", severity } of document.diagnostics ?? []) {
    if (urn === undefined || severity !== "info") continue;
    const known = byUrn.get(urn) ?? NOTHING;
    byUrn.set(urn, {
      found: [...known.found, ...pairs(message, "Found changed: ", " is ")],
      planned: [...known.planned, ...pairs(message, "Planned: ", " becomes ")],
    });
  }
  return (urn) => byUrn.get(urn) ?? NOTHING;
}

/** A property as Pulumi writes it, at the end of a text: `previous[0].note`. */
const PROPERTY = /\w+(?:\.\w+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*$/;

function pairs(message: string, opening: string, verb: string): Correction[] {
  if (!message.startsWith(opening)) return [];
  const found: Correction[] = [];
  let rest = message.slice(opening.length);
  for (;;) {
    const at = rest.indexOf(verb);
    const property = PROPERTY.exec(rest.slice(0, at))?.[0];
    if (at < 0 || property === undefined) return found;
    rest = rest.slice(at + verb.length);
    const text = leadingValue(rest);
    if (text === undefined) return found;
    found.push(correction(property, text));
    const next = rest.slice(text.length).indexOf("; ");
    if (next < 0) return found;
    rest = rest.slice(text.length + next);
  }
}

function correction(property: string, text: string): Correction {
  const path = [...property.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\w+/g)].map(
    ([name, key, index]) => {
      if (index !== undefined) return Number(index);
      return key === undefined ? snakeCase(name) : key.replace(/\\(.)/g, "$1");
    },
  );
  return { path, value: valueOf(path, text) };
}

function valueOf(path: Correction["path"], text: string): Value {
  if (text === "nothing") return null;
  if (text === SECRET) return new Hidden();
  // The name matters to how keys inside of it are read.
  const name = String(path[0]);
  return maskedProperties({ [name]: JSON.parse(text) as unknown })[name] ?? null;
}

/** The word or the JSON that a text begins with. */
function leadingValue(text: string): string | undefined {
  const simple = /^(nothing|\[secret\]|"(?:[^"\\]|\\.)*"|true|false|-?\d+(?:\.\d+)?)/.exec(
    text,
  )?.[1];
  return simple ?? leadingBrackets(text);
}

function leadingBrackets(text: string): string | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]|[^"[\]{}]+/g)) {
    if (token === "[" || token === "{") depth += 1;
    if (token === "]" || token === "}") depth -= 1;
    if (depth === 0) return index === 0 ? undefined : text.slice(0, index + token.length);
  }
  return undefined;
}

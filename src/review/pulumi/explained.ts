import { Hidden, type Value, type Values } from "../objects/values";
import type { PreviewDocument } from "./document";
import { SECRET, maskedProperties } from "./masked";
import { attributeName } from "./names";

/** What glsa tells the engine in words, because a preview cannot show it. */
export interface Explained {
  /** How attributes really are now, where the recorded state is wrong. */
  readonly found: Values;
  /** What becomes of attributes that nobody wrote. */
  readonly planned: Values;
}

const NOTHING: Explained = { found: {}, planned: {} };

/** By URN. The sentences are those of glsa's own provider. */
export function explanations(document: PreviewDocument): (urn: string) => Explained {
  const byUrn = new Map<string, Explained>();
  for (const { urn, message = "", severity } of document.diagnostics ?? []) {
    if (urn === undefined || severity !== "info") continue;
    const known = byUrn.get(urn) ?? NOTHING;
    byUrn.set(urn, {
      found: { ...known.found, ...pairs(message, "Found changed: ", " is ") },
      planned: { ...known.planned, ...pairs(message, "Planned: ", " becomes ") },
    });
  }
  return (urn) => byUrn.get(urn) ?? NOTHING;
}

function pairs(message: string, opening: string, verb: string): Values {
  if (!message.startsWith(opening)) return {};
  const found: Record<string, Value> = {};
  let rest = message.slice(opening.length);
  for (;;) {
    const at = rest.indexOf(verb);
    const name = /(\w+)$/.exec(rest.slice(0, at))?.[1];
    if (at < 0 || name === undefined) return found;
    rest = rest.slice(at + verb.length);
    const text = leadingValue(rest);
    if (text === undefined) return found;
    found[attributeName(name)] = valueOf(name, text);
    const next = rest.slice(text.length).indexOf("; ");
    if (next < 0) return found;
    rest = rest.slice(text.length + next);
  }
}

function valueOf(name: string, text: string): Value {
  if (text === "nothing") return null;
  if (text === SECRET) return new Hidden();
  return maskedProperties({ [name]: JSON.parse(text) as unknown })[attributeName(name)] ?? null;
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

import { parseExplanation, type ExplanationCode } from "../../provider/contract";
import type { Correction } from "./corrections";
import type { PreviewDocument } from "./document";
import { maskedProperties } from "./masked";

/** What glsa tells the engine, because a preview cannot show it. */
export interface Explained {
  /** How attributes really are now, where the recorded state is wrong. */
  readonly found: readonly Correction[];
  /** The planned values of attributes that are not written. */
  readonly planned: readonly Correction[];
}

const NOTHING: Explained = { found: [], planned: [] };
const PARTS = { "found-changed": "found", planned: "planned" } as const satisfies Record<
  ExplanationCode,
  keyof Explained
>;

/** By URN. */
export function explanations(document: PreviewDocument): (urn: string) => Explained {
  const byUrn = new Map<string, Explained>();
  for (const { urn, message = "", severity } of document.diagnostics ?? []) {
    const told = severity === "info" ? parseExplanation(message) : undefined;
    if (urn === undefined || told === undefined) continue;
    const part = PARTS[told.code];
    const known = byUrn.get(urn) ?? NOTHING;
    const corrections = told.values.map(({ path, value }) => correction(path, value));
    byUrn.set(urn, { ...known, [part]: [...known[part], ...corrections] });
  }
  return (urn) => byUrn.get(urn) ?? NOTHING;
}

function correction(path: Correction["path"], value: unknown): Correction {
  // The name matters to how keys inside of it are read.
  const name = String(path[0]);
  return { path, value: maskedProperties({ [name]: value })[name] ?? null };
}

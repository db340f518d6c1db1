import type { AttributePath } from "./diagnostic";

/** What an engine's own plan has no place for: a sentence for people, and the same as data for a review of the plan. */
export interface Explanation {
  readonly code: ExplanationCode;
  readonly values: readonly Explained[];
}

/** `found-changed`: how attributes really are. `planned`: what becomes of those that only the provider sets. */
export type ExplanationCode = (typeof CODES)[number];

export interface Explained {
  readonly path: AttributePath;
  readonly value: unknown;
}

const CODES = ["found-changed", "planned"] as const;
const LEAD = "\nData: ";

/** The data is the last line, so that engines which show only the first one of a message show the sentence. */
export function formatExplanation(sentence: string, explanation: Explanation): string {
  // Engines take some texts between angle brackets for colours.
  return `${sentence}${LEAD}${JSON.stringify(explanation).replaceAll("<", "\\u003c")}`;
}

/** Undefined for any other message. */
export function parseExplanation(message: string): Explanation | undefined {
  const at = message.lastIndexOf(LEAD);
  if (at < 0) return undefined;
  try {
    const data: unknown = JSON.parse(message.slice(at + LEAD.length));
    return isExplanation(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function isExplanation(data: unknown): data is Explanation {
  if (typeof data !== "object" || data === null) return false;
  const { code, values } = data as Partial<Record<keyof Explanation, unknown>>;
  return (
    CODES.some((known) => known === code) && Array.isArray(values) && values.every(isExplained)
  );
}

function isExplained(data: unknown): boolean {
  if (typeof data !== "object" || data === null || !("value" in data)) return false;
  const { path } = data as { path?: unknown };
  const isStep = (step: unknown) => typeof step === "string" || typeof step === "number";
  return Array.isArray(path) && path.length > 0 && path.every(isStep);
}

import type { AttributePath } from "./diagnostic";

/** Information that an engine's own plan cannot show: a sentence, and the same as data for a review of the plan. */
export interface Explanation {
  readonly code: ExplanationCode;
  readonly values: readonly Explained[];
}

/**
 * `found-changed`: the actual values of attributes. `planned`: the future values of those that only the provider sets.
 */
export type ExplanationCode = (typeof CODES)[number];

export interface Explained {
  readonly path: AttributePath;
  readonly value: unknown;
}

const CODES = ["found-changed", "planned"] as const;
const LEAD = "\nData: ";

/** The data is in the last line, so that engines that show only the first line of a message show the sentence. */
export function formatExplanation(sentence: string, explanation: Explanation): string {
  // Engines interpret some texts between angle brackets as colours.
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

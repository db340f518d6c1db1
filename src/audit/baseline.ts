import { isSameInstance } from "../model";
import type { AuditFinding } from "./finding";

const FORMAT_VERSION = "1.0";

/** Findings that were accepted, so that a pipeline fails only on new ones. */
export interface Baseline {
  readonly instance: string;
  readonly fingerprints: ReadonlySet<string>;
}

/** A baseline that cannot be used, and the remedy. */
export class BaselineError extends Error {
  override readonly name = "BaselineError";
}

const REMEDY = "Write it again with --write-baseline.";

export function parseBaseline(text: string, instance: string): Baseline {
  const document = parsed(text);
  const { format_version: version, instance: of, findings } = document;
  if (typeof version !== "string" || !version.startsWith("1.") || !Array.isArray(findings)) {
    throw new BaselineError(`It is not a baseline that this release can read. ${REMEDY}`);
  }
  if (typeof of !== "string" || !URL.canParse(of) || !isSameInstance(of, instance)) {
    throw new BaselineError(`It is of ${String(of)}, and this is ${instance}. ${REMEDY}`);
  }
  const fingerprints = (findings as readonly unknown[]).map(
    (each) => (each as { fingerprint?: unknown } | null)?.fingerprint,
  );
  if (!fingerprints.every((each) => typeof each === "string")) {
    throw new BaselineError(`A finding in it has no fingerprint. ${REMEDY}`);
  }
  return { instance: of, fingerprints: new Set(fingerprints) };
}

/** The open findings, to be accepted from now on. Ignored and excepted ones have an end of their own. */
export function writtenBaseline(findings: readonly AuditFinding[], instance: string): string {
  const kept = findings.filter(({ status }) => status === "open" || status === "accepted");
  const document = {
    format_version: FORMAT_VERSION,
    instance,
    findings: kept.map(({ fingerprint, code, object }) => ({
      fingerprint,
      code,
      object: object.address,
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === "object" && document !== null)
      return document as Record<string, unknown>;
  } catch {
    // Reported below.
  }
  throw new BaselineError(`It is not JSON. ${REMEDY}`);
}

import { shownJson } from "../../review/outputs";
import { CodedError } from "../../model/code";
import {
  LEFT_REASONS,
  type LeftToken,
  type NightEnd,
  type NightReport,
  type NightToken,
  type WaitingChange,
} from "../report";

/** Raised in its first number by what could break a reader, in its second by what is added. */
const FORMAT_VERSION = "1.0";

/** A night as a JSON document: for the alarm, and for programs. Names are whole. */
export function nightJson(report: NightReport): string {
  const { engine, isDryRun, end, done, left, waiting, held, others, failure } = report;
  return shownJson({
    format_version: FORMAT_VERSION,
    engine,
    dry_run: isDryRun,
    end,
    applied: done,
    not_rotated: left,
    waiting: waiting.map(flat),
    held: held.map(flat),
    others,
    failure,
  });
}

function flat({ change, address, account, object }: WaitingChange) {
  const { kind, effect, summary, from = null, to = null } = change;
  return { address, account, object, kind, effect, summary, from, to };
}

/** What an alarm needs of a night. */
export interface ReadNight {
  readonly end: NightEnd;
  readonly failure: string | null;
  readonly left: readonly LeftToken[];
}

/** Reads what `nightJson` wrote. Other jobs wrote it, so that nothing in it is taken on trust. */
export function readNightJson(text: string): ReadNight {
  const document = parsed(text);
  const { end, failure, not_rotated: left } = document;
  if (!isEnd(end) || !Array.isArray(left)) throw noReport();
  return {
    end,
    failure: typeof failure === "string" ? failure : null,
    left: left.map(leftToken),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const document = JSON.parse(text) as unknown;
    if (typeof document === "object" && document !== null) return { ...document };
  } catch {
    // What is no JSON is no report.
  }
  throw noReport();
}

function leftToken(entry: unknown): LeftToken {
  const { address, account, object, reason, others } = (entry ?? {}) as Record<string, unknown>;
  const known = LEFT_REASONS.find((each) => each === reason);
  const names: NightToken = {
    address: String(address ?? ""),
    account: String(account ?? ""),
    object: String(object ?? ""),
  };
  return {
    ...names,
    reason: known ?? "failed",
    others: Array.isArray(others) ? others.map(String) : [],
  };
}

function isEnd(value: unknown): value is NightEnd {
  return value === "nothing" || value === "done" || value === "waiting" || value === "failed";
}

function noReport(): CodedError {
  return new CodedError(
    "unreadable-report",
    "This is no report of a night. Give what glsa rotate --output json=FILE wrote.",
  );
}

import type { Code, CodedError } from "../model";

export type Status = "fine" | "warning" | "fault";

/** One thing that was looked at. */
export interface Finding {
  readonly status: Status;
  readonly what: string;
  /** What to do now; null where all is well. */
  readonly remedy: string | null;
  readonly code: Code | null;
}

export function fine(what: string): Finding {
  return { status: "fine", what, remedy: null, code: null };
}

/** It works, and will not for long, or not everywhere. */
export function warning(code: Code, what: string, remedy: string): Finding {
  return { status: "warning", what, remedy, code };
}

/** A run would fail. */
export function fault(code: Code, what: string, remedy: string): Finding {
  return { status: "fault", what, remedy, code };
}

/** An error that says itself what to do. */
export function asFault({ code, message }: CodedError): Finding {
  return { status: "fault", code, what: message.replace(` [${code}]`, ""), remedy: null };
}

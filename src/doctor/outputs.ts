import { secrets } from "../http";
import { withCode } from "../model";
import { shown, shownJson } from "../review/outputs";
import type { CheckName } from "./check";
import type { Diagnosis, NamedFinding } from "./examine";
import type { Status } from "./finding";

/** Raised in its first number by what could break a reader, in its second by what is added. */
const FORMAT_VERSION = "1.0";

/** Characters of a finding: what a server or an engine says is shortened there already. */
const LONGEST = 1500;

const WORDS: Readonly<Record<Status, string>> = {
  fault: "FAULT  ",
  warning: "WARNING",
  fine: "fine   ",
};

/** For a terminal and a job's log. */
export function diagnosisText({ findings, skipped }: Diagnosis): string {
  const lines = findings.flatMap(linesOf);
  return [verdict({ findings, skipped }), "", ...lines, ...skippedLines(skipped), ""].join("\n");
}

function verdict({ findings, skipped }: Diagnosis): string {
  const count = (status: Status) => findings.filter((each) => each.status === status).length;
  const [faults, warnings] = [count("fault"), count("warning")];
  if (faults + warnings === 0) return `All is well: ${count("fine")} findings.`;
  const parts = [
    `${faults} ${faults === 1 ? "fault" : "faults"}`,
    `${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
    `${count("fine")} fine`,
    ...(skipped.length === 0 ? [] : [`${skipped.length} not looked at`]),
  ];
  return `${parts.join(", ")}.`;
}

function linesOf({ check, status, what, remedy, code }: NamedFinding): string[] {
  const said = code === null ? what : withCode(what, code);
  const first = `${WORDS[status]}  ${check}: ${harmless(said)}`;
  return remedy === null ? [first] : [first, `         → ${harmless(remedy)}`];
}

function skippedLines(skipped: Diagnosis["skipped"]): string[] {
  const causes = new Map<CheckName, CheckName[]>();
  for (const { check, because } of skipped) {
    causes.set(because, [...(causes.get(because) ?? []), check]);
  }
  return [...causes].map(
    ([because, checks]) => `         Not looked at, because of ${because}: ${checks.join(", ")}.`,
  );
}

function harmless(text: string): string {
  return shown(secrets.hide(text), "line", LONGEST);
}

/** For programs. Names are whole. */
export function diagnosisJson({ findings, skipped }: Diagnosis): string {
  const hidden = (text: string | null) => (text === null ? null : secrets.hide(text));
  return shownJson({
    format_version: FORMAT_VERSION,
    findings: findings.map(({ check, status, code, what, remedy }) => ({
      check,
      status,
      code,
      what: hidden(what),
      remedy: hidden(remedy),
    })),
    skipped,
  });
}

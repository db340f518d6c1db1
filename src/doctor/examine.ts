import { CodedError } from "../model";
import type { Check, CheckName } from "./check";
import { CHECKS } from "./checks";
import { asFault, fault, type Finding } from "./finding";
import type { Setup } from "./setup";

export interface NamedFinding extends Finding {
  readonly check: CheckName;
}

export interface Diagnosis {
  /** Faults first, then warnings; among themselves a cause before its effects. */
  readonly findings: readonly NamedFinding[];
  /** Left out, since what they need is not there. */
  readonly skipped: readonly Skipped[];
}

interface Skipped {
  readonly check: CheckName;
  readonly because: CheckName;
}

type Result =
  | { readonly check: CheckName; readonly findings: readonly Finding[] }
  | (Skipped & { readonly findings: undefined });

/** Looks at everything; what does not need each other at the same time. */
export async function examine(setup: Setup): Promise<Diagnosis> {
  const running = new Map<CheckName, Promise<Result>>();
  for (const check of CHECKS) running.set(check.name, resultOf(check, setup, running));
  const results = await Promise.all(running.values());
  const findings = results.flatMap(({ check, findings: found = [] }) =>
    found.map((finding) => ({ check, ...finding })),
  );
  const of = (status: Finding["status"]) => findings.filter((each) => each.status === status);
  return {
    findings: [...of("fault"), ...of("warning"), ...of("fine")],
    skipped: results.flatMap((result) =>
      result.findings === undefined ? [{ check: result.check, because: result.because }] : [],
    ),
  };
}

async function resultOf(
  { name: check, needs, examine: look }: Check,
  setup: Setup,
  running: ReadonlyMap<CheckName, Promise<Result>>,
): Promise<Result> {
  for (const need of needs) {
    const before = await running.get(need);
    if (before === undefined) throw new Error(`${check} needs ${need}, which comes later`);
    if (before.findings === undefined)
      return { check, because: before.because, findings: undefined };
    if (before.findings.some(({ status }) => status === "fault")) {
      return { check, because: need, findings: undefined };
    }
  }
  return { check, findings: await findingsOf(() => look(setup)) };
}

/** What a check did not foresee is a finding, too: the others go on. */
async function findingsOf(look: () => ReturnType<Check["examine"]>): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (failure) {
    if (failure instanceof CodedError) return [asFault(failure)];
    const what = failure instanceof Error ? failure.message : String(failure);
    return [
      fault("check-failed", `This could not be looked at: ${what}`, "Mend that, and look again."),
    ];
  }
}

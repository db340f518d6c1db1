import { CodedError } from "../model/code";

/** The engine failed; the reason is in its output. */
export class EngineFailure extends CodedError {
  constructor(
    /** What it was to do: `terraform plan`. */
    readonly step: string,
    how: string,
  ) {
    super("engine-failed", `${step} ${how}. What it printed says why.`);
  }
}

/** The run was stopped: a cancelled job, Ctrl-C. */
export class EngineStopped extends CodedError {
  constructor(step: string) {
    super("run-stopped", `${step} was told to stop, and ended what it had begun.`);
  }
}

import { CodedError } from "../model/code";

/** The engine said no; why stands in what it printed. */
export class EngineFailure extends CodedError {
  constructor(
    /** What it was to do: `terraform plan`. */
    readonly step: string,
    how: string,
  ) {
    super("engine-failed", `${step} ${how}. What it printed says why.`);
  }
}

/** Somebody stopped the run: a cancelled job, Ctrl-C. */
export class EngineStopped extends CodedError {
  constructor(step: string) {
    super("run-stopped", `${step} was told to stop, and ended what it had begun.`);
  }
}

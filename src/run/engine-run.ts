import { identify, type ProcessIdentity } from "./engine-process";
import type { Ledger } from "./ledger";
import { messageOf } from "./message";
import { runFolder } from "./run-folder";
import { SharedLedger } from "./shared-ledger";
import { solitaryLedger } from "./solitary-ledger";

/** Joins a provider configuration to its run. */
export interface Run {
  (): Ledger;
  /** Whether it joins before anything is configured, so that validation can already share facts. */
  readonly isJoinedAtStart?: boolean;
}

/**
 * The run of a core that started this process. Core starts the providers of a walk one after the other, and may have
 * ended the first by the time that it configures the last. So a provider joins the walk as soon as it starts.
 * @param orderTells see `Ledger`
 */
export function runOfCore(orderTells: () => boolean): Run {
  const joined = joinRun(identify(process.ppid), orderTells);
  return Object.assign(() => joined, { isJoinedAtStart: true });
}

/**
 * The run of a Pulumi engine that started this process. It ends the providers of a walk together, but those from which
 * it only reads the schema live longer. So a provider joins when it is configured.
 */
export function runOfPulumi(): Run {
  const engine = identify(process.ppid);
  // It requests one object after the other, whatever their dependencies.
  return () => joinRun(engine, () => false);
}

/** In a read-only container, or if another user has taken the folder's name, each configuration is on its own. */
export function joinRun(
  engine: ProcessIdentity,
  orderTells: () => boolean,
  within?: string,
): Ledger {
  // An engine in another PID namespace cannot be distinguished from others.
  if (engine.pid === 0) return solitaryLedger();
  try {
    const ledger = new SharedLedger(runFolder(engine, within), orderTells);
    process.once("exit", () => endQuietly(ledger));
    return ledger;
  } catch (cause) {
    return solitaryLedger(messageOf(cause));
  }
}

/** Other processes notice anyway that the process is gone. */
function endQuietly(ledger: SharedLedger): void {
  try {
    ledger.end();
  } catch {
    // Its folder was removed.
  }
}

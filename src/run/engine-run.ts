import { identify, type ProcessIdentity } from "./engine-process";
import type { Ledger } from "./ledger";
import { runFolder } from "./run-folder";
import { failingAlike } from "./run-folder-error";
import { SharedLedger } from "./shared-ledger";
import { solitaryLedger } from "./solitary-ledger";

/** Joins a provider configuration to its run. */
export type Run = () => Ledger;

/**
 * The run of a core that started this process. Core starts the providers of a walk one after the other, and may be done
 * with the first by the time that it configures the last. So a provider joins the walk as soon as it starts.
 */
export function runOfCore(): Run {
  const joined = attempted(() => join(identify(process.ppid), { orderTells: true }));
  return () => joined();
}

/**
 * The run of a Pulumi engine that started this process. It ends the providers of a walk together, but some that are
 * asked for their schema alone live longer. So a provider joins when it is configured.
 */
export function runOfPulumi(): Run {
  const engine = identify(process.ppid);
  // It asks for one object after the other, whatever depends on what.
  return () => join(engine, { orderTells: false });
}

function join(engine: ProcessIdentity, { orderTells }: { readonly orderTells: boolean }): Ledger {
  // An engine in another space of process numbers cannot be told from others.
  if (engine.pid === 0) return solitaryLedger();
  return failingAlike(() => {
    const ledger = new SharedLedger(runFolder(engine), orderTells);
    process.once("exit", () => endQuietly(ledger));
    return ledger;
  });
}

/** The failure is kept for whoever needs the result. */
function attempted<T>(work: () => T): () => T {
  try {
    const result = work();
    return () => result;
  } catch (cause) {
    return () => {
      throw cause;
    };
  }
}

/** Whoever looks sees that the process is gone anyway. */
function endQuietly(ledger: SharedLedger): void {
  try {
    ledger.end();
  } catch {
    // Its folder was swept away.
  }
}

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { SandboxControl } from "./control";
import type { SandboxState } from "./read";

const delay = 500;

/** The contents of a data file. The token is the administrator's, and valid for this stand-in only. */
interface Saved {
  readonly token: string;
  readonly saved_at: string;
  readonly state: SandboxState;
}

/** The contents of a file from an earlier run. Undefined if there is none. */
export function readDataFile(path: string): Saved | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const saved = JSON.parse(readFileSync(path, "utf8")) as Partial<Saved>;
    if (typeof saved.token === "string" && saved.state !== undefined) return saved as Saved;
  } catch {
    // Reported below, like a file of another kind.
  }
  throw new Error(
    `${path} is not a file that the stand-in has written. Name another file for its data, or remove it.`,
  );
}

/** The clock of an earlier run, at the time it would show by now. */
export function clockOf({ state, saved_at }: Saved): Date {
  return new Date(Date.parse(state.now) + Date.now() - Date.parse(saved_at));
}

/** Saves everything to a file: shortly after each change, and at the end. */
export class DataFile {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly path: string,
    private readonly token: string,
    private readonly control: SandboxControl,
  ) {}

  saveSoon(): void {
    this.timer ??= setTimeout(() => this.save(), delay);
  }

  /** Writes to a second file first, so that an incomplete one never replaces it. */
  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const saved: Saved = {
      token: this.token,
      saved_at: new Date().toISOString(),
      state: this.control.state(),
    };
    const draft = `${this.path}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(saved), { mode: 0o600 });
    renameSync(draft, this.path);
  }
}

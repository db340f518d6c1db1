import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { SandboxControl } from "./control";
import type { SandboxState } from "./read";

const delay = 500;

/** What a data file holds; the token is the administrator's, and opens nothing but this stand-in. */
interface Saved {
  readonly token: string;
  readonly saved_at: string;
  readonly state: SandboxState;
}

/** What a file holds from an earlier run; undefined when there is none. */
export function readDataFile(path: string): Saved | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const saved = JSON.parse(readFileSync(path, "utf8")) as Partial<Saved>;
    if (typeof saved.token === "string" && saved.state !== undefined) return saved as Saved;
  } catch {
    // Told below, like a file of something else.
  }
  throw new Error(
    `${path} is not a file that the stand-in has written. Name another file for its data, or remove it.`,
  );
}

/** The clock of an earlier run, as far as it would be by now. */
export function clockOf({ state, saved_at }: Saved): Date {
  return new Date(Date.parse(state.now) + Date.now() - Date.parse(saved_at));
}

/** Keeps everything in a file: shortly after each change, and at the end. */
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

  /** Writes beside the file first, so that a half-written one never takes its place. */
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

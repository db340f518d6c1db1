import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where plans lie while they are needed. They hold what the state holds, so that only this user may look into it. */
export class PlanFolder {
  private folder: string | undefined;
  private made = 0;

  /** A file that is not there yet. */
  next(): string {
    // mkdtemp makes a folder that is closed to others.
    this.folder ??= mkdtempSync(join(tmpdir(), "glsa-plan-"));
    this.made += 1;
    return join(this.folder, `${this.made}.plan`);
  }

  remove(): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
    this.folder = undefined;
  }
}

import { createHash } from "node:crypto";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { privateFolder } from "./private-folder";

const MINUTE = 60_000;
const MOST_WINDOWS = 10;

/**
 * A limit of requests per minute for all processes of one user on this machine, without a lock. A minute is cut into
 * windows. A request takes a ticket of the present window, which is a file that only one process can create. A process
 * that is killed leaves files that the next window removes.
 */
export class SharedRate {
  private readonly folder: string;
  private readonly width: number;
  /** Tickets of a window: so many that no minute holds too many, wherever it begins. */
  private readonly tickets: number;
  private window = -1;
  private next = 0;

  /** @throws where the folder cannot be used */
  constructor(
    subject: string,
    perMinute: number,
    { within = tmpdir(), minute = MINUTE }: { within?: string; minute?: number } = {},
  ) {
    const name = createHash("sha256").update(subject).digest("hex").slice(0, 20);
    const base = privateFolder(join(within, `glsa-requests-${process.geteuid?.() ?? 0}`));
    this.folder = privateFolder(join(base, `${name}-${perMinute}`));
    const windows = Math.max(1, Math.min(MOST_WINDOWS, perMinute - 1));
    this.width = Math.ceil(minute / windows);
    this.tickets = Math.max(1, Math.floor(perMinute / (windows + 1)));
  }

  /** Milliseconds after which to ask again; 0 where a request may be sent now. */
  turn(now = Date.now()): number {
    const window = Math.floor(now / this.width);
    if (window !== this.window) this.begin(window);
    for (; this.next < this.tickets; this.next += 1) {
      if (!this.isTaken(`${window}.${this.next}`)) {
        this.next += 1;
        return 0;
      }
    }
    return (window + 1) * this.width - now;
  }

  private begin(window: number): void {
    this.window = window;
    this.next = 0;
    for (const name of readdirSync(this.folder)) {
      // The clock may have been set back: what is far ahead is of no window to come.
      const distance = Number(name.split(".")[0]) - window;
      if (distance < -1 || distance > MOST_WINDOWS)
        rmSync(join(this.folder, name), { force: true });
    }
  }

  private isTaken(name: string): boolean {
    try {
      writeFileSync(join(this.folder, name), "", { flag: "wx", mode: 0o600 });
      return false;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "EEXIST") return true;
      throw cause;
    }
  }
}

import { randomBytes } from "node:crypto";
import { access, chmod, constants, open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isGitLabError, type GitLab } from "../gitlab";
import { fingerprint, isSameStack, readMarker } from "../model";
import type {
  Delivered,
  Destination,
  NewValue,
  Observation,
  Ownership,
  Restore,
} from "./destination";
import { DeliveryError } from "./errors";

export interface FileOptions {
  readonly path: string;
  /** Octal permissions, such as `0600`. */
  readonly mode: string;
  /** Replace a file that something else made. */
  readonly overwrite: boolean;
  /** Take a missing file for drift, though a fresh machine has none. */
  readonly redeliverMissing: boolean;
}

/** A file on the machine that runs the engine, holding the value and nothing else. */
export class TokenFile implements Destination {
  readonly label: string;
  readonly address: string;
  readonly canRestore = true;
  private readonly path: string;

  constructor(
    private readonly gitlab: GitLab,
    private readonly options: FileOptions,
  ) {
    this.path = resolve(options.path);
    this.label = `file "${options.path}"`;
    this.address = `file ${this.path}`;
  }

  async check({ key, deliveredBefore }: Ownership): Promise<void> {
    await this.checkFolder();
    if (deliveredBefore || this.options.overwrite) return;
    const content = await this.guard(() => this.read());
    if (content === undefined || content === "") return;
    if (await this.isOwnToken(content, key)) return;
    throw new DeliveryError(
      this.label,
      "it exists already and does not hold a token of this declaration",
      "Delete the file, choose another path, or set overwrite = true to replace it.",
    );
  }

  async deliver({ value }: NewValue): Promise<Restore | undefined> {
    const before = await this.guard(() => this.read());
    await this.guard(() => this.writeAtomically(value));
    return () =>
      this.guard(() => (before === undefined ? rm(this.path) : this.writeAtomically(before)));
  }

  async observe(delivered: Delivered): Promise<Observation> {
    const content = await this.guard(() => this.read());
    if (delivered.fingerprint === null) return { kind: "not_comparable" };
    if (content === undefined) {
      return { kind: this.options.redeliverMissing ? "missing" : "not_comparable" };
    }
    if (fingerprint(content) !== delivered.fingerprint) return { kind: "value_changed" };
    const mode = await this.guard(() => this.modeOf());
    if (Number.parseInt(mode, 8) === Number.parseInt(this.options.mode, 8)) {
      return { kind: "unchanged" };
    }
    return { kind: "settings_changed", settings: { mode } };
  }

  async applySettings(): Promise<void> {
    await this.guard(() => chmod(this.path, Number.parseInt(this.options.mode, 8)));
  }

  async remove(delivered: Delivered): Promise<void> {
    const content = await this.guard(() => this.read());
    if (content === undefined || fingerprint(content) !== delivered.fingerprint) return;
    await this.guard(() => rm(this.path));
  }

  /** A reader sees the old content or the new, never a part, and never with wider permissions. */
  private async writeAtomically(content: string): Promise<void> {
    const mode = Number.parseInt(this.options.mode, 8);
    const draft = join(
      dirname(this.path),
      `.${basename(this.path)}.${randomBytes(6).toString("hex")}`,
    );
    try {
      const handle = await open(draft, "wx", 0o600);
      try {
        await handle.writeFile(content);
        await handle.chmod(mode);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, this.path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  private async checkFolder(): Promise<void> {
    const folder = dirname(this.path);
    try {
      await access(folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      const remedy = `Make the folder ${dirname(this.options.path)}, writable for the user that runs the apply.`;
      throw new DeliveryError(this.label, messageOf(error), remedy);
    }
    const found = await stat(this.path).catch(() => undefined);
    if (found?.isDirectory()) {
      throw new DeliveryError(this.label, "it is a folder", "Write the path of a file.");
    }
  }

  /** A run that was killed after its delivery left a value that no state knows; the token itself says whose it is. */
  private async isOwnToken(content: string, key: string): Promise<boolean> {
    if (!/^\S*glpat-\S+$/.test(content)) return false;
    const asToken = this.gitlab.withToken(content);
    try {
      const { description } = await asToken.tokens.self();
      const marker = readMarker(description ?? null);
      return marker !== undefined && isSameStack(marker.key, key);
    } catch (error) {
      // Nothing is lost with a value that no longer works.
      return isGitLabError(error, "token_revoked", "token_expired");
    }
  }

  private async read(): Promise<string | undefined> {
    try {
      return await readFile(this.path, "utf8");
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private async modeOf(): Promise<string> {
    const { mode } = await stat(this.path);
    return (mode & 0o777).toString(8).padStart(4, "0");
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const remedy = "Check the path and its permissions for the user that runs the apply.";
      throw new DeliveryError(this.label, messageOf(error), remedy);
    }
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

function messageOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).message;
}

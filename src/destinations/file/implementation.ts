import { access, chmod, constants, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { fingerprint, isSameStack } from "../../model";
import type {
  Delivered,
  Destination,
  NewValue,
  Observation,
  Ownership,
  Restore,
} from "../destination";
import { DeliveryError } from "../errors";
import {
  mayGiveTo,
  NotAFileError,
  readContent,
  removeDrafts,
  replaceFile,
  type FileContent,
} from "./atomic-file";
import { noteOf, removeNote, writeNote } from "./file-note";
import type { Settings } from "../record";
import { hardLinkIdentity, realPathOf } from "./real-path";
import type { file } from "./record";

export interface FileOptions {
  readonly path: string;
  /** Octal permissions, such as `0600`. */
  readonly mode: string;
  /** Replace a file that something else made. */
  readonly overwrite: boolean;
  /** Take a missing file for drift, though a fresh machine has none. */
  readonly redeliverMissing: boolean;
}

export function place(settings: Settings<typeof file.attributes>): Destination {
  return new TokenFile({ ...settings, redeliverMissing: settings.redeliver_missing });
}

/** A file on the machine that runs the engine, holding the value and nothing else. */
export class TokenFile implements Destination {
  readonly label: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly canRestore = true;
  private readonly path: string;
  private readonly mode: number;

  constructor(private readonly options: FileOptions) {
    this.path = realPathOf(options.path);
    this.mode = Number.parseInt(options.mode, 8);
    this.label = `file "${options.path}"`;
    this.address = `file ${this.path}`;
    const link = hardLinkIdentity(this.path);
    this.aliases = link === undefined ? [] : [`file with the links ${link}`];
  }

  async check({ key, deliveredBefore }: Ownership): Promise<void> {
    await this.checkFolder();
    const present = await this.guard(() => readContent(this.path));
    if (present === undefined) return;
    this.refuseOtherOwner(present);
    if (deliveredBefore || this.options.overwrite || present.bytes.length === 0) return;
    const note = await this.guard(() => noteOf(this.path, present.bytes));
    if (note !== undefined && isSameStack(note.marker.key, key)) return;
    throw new DeliveryError(
      this.label,
      note === undefined
        ? "it exists already and does not hold a token of this declaration"
        : "another stack of glsa delivers there (the note beside it says so)",
      "Delete the file, choose another path, or set overwrite = true to replace it.",
      { isLocal: true },
    );
  }

  async deliver(newValue: NewValue): Promise<Restore | undefined> {
    return this.guard(async () => {
      await removeDrafts(this.path);
      const before = await readContent(this.path);
      const restoreNote = await writeNote(this.path, newValue);
      await replaceFile(this.path, {
        bytes: newValue.value,
        mode: this.mode,
        ...(before && { owner: before.owner }),
      });
      return () =>
        this.guard(async () => {
          await (before === undefined ? rm(this.path) : replaceFile(this.path, before));
          await restoreNote();
        });
    });
  }

  async observe(delivered: Delivered): Promise<Observation> {
    const present = await this.guard(() => readContent(this.path));
    const known = delivered.fingerprint ?? (await this.notedAs(delivered, present));
    // An imported token was not delivered by us, so nothing there can be compared with it.
    if (known === undefined) return { kind: "not_comparable" };
    if (present === undefined) {
      return { kind: this.options.redeliverMissing ? "missing" : "not_comparable" };
    }
    if (!holds(present, known)) return { kind: "value_changed" };
    if (present.mode === this.mode) return { kind: "unchanged" };
    const mode = present.mode.toString(8).padStart(4, "0");
    return { kind: "settings_changed", settings: { mode } };
  }

  async applySettings(): Promise<void> {
    await this.guard(async () => {
      if ((await readContent(this.path)) !== undefined) await chmod(this.path, this.mode);
    });
  }

  async remove(delivered: Delivered): Promise<void> {
    await this.guard(async () => {
      const present = await readContent(this.path);
      if (present === undefined || !holds(present, delivered.fingerprint)) return;
      await rm(this.path);
      await removeNote(this.path);
      await removeDrafts(this.path);
    });
  }

  /** The fingerprint of what is there, where the note beside it says that it is this token's value. */
  private async notedAs(
    { tokenId }: Delivered,
    present: FileContent | undefined,
  ): Promise<string | undefined> {
    if (present === undefined) return undefined;
    const note = await this.guard(() => noteOf(this.path, present.bytes));
    return note?.tokenId === tokenId ? note.fingerprint : undefined;
  }

  private async checkFolder(): Promise<void> {
    const folder = dirname(this.path);
    try {
      await access(folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      const remedy = `Make the folder ${dirname(this.options.path)}, writable for the user that runs the apply.`;
      throw new DeliveryError(this.label, messageOf(error), remedy, { isLocal: true });
    }
  }

  private refuseOtherOwner({ owner }: FileContent): void {
    if (mayGiveTo(owner)) return;
    throw new DeliveryError(
      this.label,
      `it belongs to user ${owner.uid} and group ${owner.gid}, and they could not read its replacement: only root could give it to them`,
      "Run the apply as its owner or as root, change its owner, or choose another path.",
      { isLocal: true },
    );
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const remedy =
        error instanceof NotAFileError
          ? "Write the path of a file."
          : "Check the path and its permissions for the user that runs the apply.";
      throw new DeliveryError(this.label, messageOf(error), remedy, { isLocal: true });
    }
  }
}

function holds({ bytes }: FileContent, known: string | null): boolean {
  return fingerprint(bytes.toString()) === known;
}

function messageOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).message;
}

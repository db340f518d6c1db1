import { readFile, rm, writeFile } from "node:fs/promises";
import { fingerprint } from "../../../src/model";
import type {
  Delivered,
  Destination,
  NewValue,
  Observation,
  Restore,
} from "../../../src/destinations/destination";
import { DeliveryError } from "../../../src/destinations/errors";
import type { Settings } from "../../../src/destinations/record";
import type { note } from "./record";

export function place(settings: Settings<typeof note.attributes>): Destination {
  return new Note(settings.path, settings.title, settings.overwrite);
}

class Note implements Destination {
  readonly label: string;
  readonly address: string;
  readonly canRestore = true;

  constructor(
    private readonly path: string,
    private readonly title: string,
    private readonly overwrite: boolean,
  ) {
    this.label = `note "${title}" in "${path}"`;
    this.address = `note ${path} ${title}`;
  }

  async check({ deliveredBefore }: { readonly deliveredBefore: boolean }): Promise<void> {
    if (deliveredBefore || this.overwrite || (await this.read()) === undefined) return;
    throw new DeliveryError(
      this.label,
      "it exists already",
      "Delete it, or set overwrite = true to take it over.",
      { isLocal: true },
    );
  }

  async deliver({ value }: NewValue): Promise<Restore> {
    const before = await this.read();
    await this.write(value);
    return () => this.write(before);
  }

  async observe({ fingerprint: known }: Delivered): Promise<Observation> {
    const present = await this.read();
    if (known === null) return { kind: "not_comparable" };
    if (present === undefined) return { kind: "missing" };
    return { kind: fingerprint(present) === known ? "unchanged" : "value_changed" };
  }

  /** There are none. */
  async applySettings(): Promise<void> {}

  async remove(delivered: Delivered): Promise<void> {
    if ((await this.observe(delivered)).kind === "unchanged") await this.write(undefined);
  }

  private async read(): Promise<string | undefined> {
    const text = await readFile(this.path, "utf8").catch(() => "");
    return text.startsWith(`${this.title}=`) ? text.slice(this.title.length + 1) : undefined;
  }

  private write(value: string | undefined): Promise<void> {
    return value === undefined
      ? rm(this.path, { force: true })
      : writeFile(this.path, `${this.title}=${value}`, { mode: 0o600 });
  }
}

import { createHash } from "node:crypto";
import { fingerprint } from "../../model";
import { formatValueNote, readValueNote, type ValueNote } from "../delivery-note";
import type { Delivered, NewValue } from "../destination";
import { textOfEntries } from "../format/content";
import type { AppliedFields, SecretObject } from "./api";

const PREFIX = "glsa.internal/";
/** Says that a Secret was made by a delivery, so that it goes with its last key. */
const MADE = `${PREFIX}made-by-delivery`;

/** The keys of a Secret that one delivery fills, and the annotations that say whose they are. */
export class SecretPart {
  /** Fields have one owner: deliveries of other keys to the same Secret are other managers. */
  readonly manager: string;

  constructor(
    readonly keys: readonly string[],
    private readonly hasKeys: boolean,
    private readonly labels: Readonly<Record<string, string>>,
  ) {
    const hash = createHash("sha256").update(JSON.stringify(keys)).digest("hex");
    this.manager = `glsa-${hash.slice(0, 16)}`;
  }

  /** What they hold, as it is compared; undefined where none is there. */
  textIn(secret: SecretObject | undefined): string | undefined {
    if (!this.hasKeys) return secret?.data[this.keys[0] ?? ""];
    const present = this.dataIn(secret);
    return Object.keys(present).length === 0 ? undefined : textOfEntries(present);
  }

  isIn(secret: SecretObject | undefined): boolean {
    return this.textIn(secret) !== undefined;
  }

  /** The note of the first key that has one. */
  noteIn(secret: SecretObject | undefined): ValueNote | undefined {
    return this.keys
      .map((key) => readValueNote(secret?.annotations[PREFIX + key]))
      .find((note) => note !== undefined);
  }

  noteOf(secret: SecretObject | undefined, key: string): ValueNote | undefined {
    return readValueNote(secret?.annotations[PREFIX + key]);
  }

  holds(secret: SecretObject | undefined, { value }: NewValue): boolean {
    return this.textIn(secret) === value;
  }

  /** Of an import, what the note says is ours. */
  holdsDelivered(
    secret: SecretObject | undefined,
    { tokenId, fingerprint: known }: Delivered,
  ): boolean {
    const text = this.textIn(secret);
    if (text === undefined) return false;
    if (known !== null) return fingerprint(text) === known;
    const note = this.noteIn(secret);
    return note?.tokenId === tokenId && note.fingerprint === fingerprint(text);
  }

  /** Whether the Secret is there for these keys alone. */
  isAll(secret: SecretObject): boolean {
    return Object.keys(secret.data).every((key) => this.keys.includes(key));
  }

  wasMade({ annotations }: SecretObject): boolean {
    return annotations[MADE] !== undefined;
  }

  /** Those of the wanted labels that are there, with the values that they have. */
  labelsIn({ labels }: SecretObject): Readonly<Record<string, string>> {
    const wanted = Object.keys(this.labels).filter((name) => labels[name] !== undefined);
    return Object.fromEntries(wanted.map((name) => [name, labels[name] ?? ""]));
  }

  hasLabels(secret: SecretObject): boolean {
    return Object.entries(this.labels).every(([name, value]) => secret.labels[name] === value);
  }

  /** The fields of a delivery into what is there. */
  filled(newValue: NewValue, before: SecretObject | undefined, type: string): AppliedFields {
    const { value, entries } = newValue;
    const note = formatValueNote(newValue);
    return {
      metadata: {
        ...versionOf(before),
        labels: this.labels,
        annotations: {
          ...Object.fromEntries(this.keys.map((key) => [PREFIX + key, note])),
          ...((before === undefined || this.wasMade(before)) && { [MADE]: "true" }),
        },
      },
      type,
      data: encoded(this.hasKeys ? { ...entries } : { [this.keys[0] ?? ""]: value }),
    };
  }

  /** The same with what was there before a delivery. */
  asBefore(before: SecretObject, present: SecretObject): AppliedFields {
    const notes = this.keys.map((key) => PREFIX + key).filter((name) => before.annotations[name]);
    return {
      metadata: {
        ...versionOf(present),
        labels: this.labelsIn(before),
        annotations: {
          ...Object.fromEntries(notes.map((name) => [name, before.annotations[name] ?? ""])),
          ...(this.wasMade(before) && { [MADE]: "true" }),
        },
      },
      type: present.type,
      data: encoded(this.dataIn(before)),
    };
  }

  /** The same with the labels that are wanted now. */
  relabelled(present: SecretObject): AppliedFields {
    const { metadata, ...others } = this.asBefore(present, present);
    return { ...others, metadata: { ...metadata, labels: this.labels } };
  }

  /** Nothing of ours. */
  emptied(present: SecretObject): AppliedFields {
    return { metadata: versionOf(present), type: present.type };
  }

  private dataIn(secret: SecretObject | undefined): Record<string, string> {
    const present = this.keys.filter((key) => secret?.data[key] !== undefined);
    return Object.fromEntries(present.map((key) => [key, secret?.data[key] ?? ""]));
  }
}

function versionOf(secret: SecretObject | undefined): { resourceVersion?: string } {
  return secret === undefined ? {} : { resourceVersion: secret.resourceVersion };
}

function encoded(data: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(data).map(([key, text]) => [
    key,
    Buffer.from(text).toString("base64"),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

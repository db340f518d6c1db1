import { fingerprint } from "../../model";
import type { Delivered } from "../destination";
import { readFieldNote } from "./field-note";
import { VaultError } from "./errors";
import type { Fields, SecretVersion } from "./kv-secret";
import { LONGEST_FIELD } from "./record";
import type { Edit } from "./secret-edit";

export function fieldOf(fields: Fields | undefined, field: string): unknown {
  return fields !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
}

export function withField(field: string, value: string): (present: SecretVersion) => Edit {
  return ({ fields }) =>
    fieldOf(fields, field) === value
      ? { kind: "nothing" }
      : { kind: "write", fields: { ...fields, [field]: value } };
}

/** Takes the delivered value away, and only that. */
export function withoutField(
  field: string,
  delivered: Delivered,
): (present: SecretVersion) => Edit {
  return (present) => {
    const { fields } = present;
    if (fields === undefined || !holdsDelivered(present, field, delivered)) {
      return { kind: "nothing" };
    }
    return without(fields, field);
  };
}

export interface Replaced {
  readonly before: SecretVersion;
  /** The version that holds the new value and nothing else that is new; undefined where that is not known. */
  readonly version: number | undefined;
}

/** Puts everything back; where somebody else wrote after us, our field only. */
export function restoreField(
  field: string,
  value: string,
  { before, version }: Replaced,
): (present: SecretVersion) => Edit {
  return (present) => {
    const { fields } = present;
    if (fields === undefined || fieldOf(fields, field) !== value) return { kind: "nothing" };
    if (present.version === version) {
      return before.fields === undefined
        ? { kind: "erase" }
        : { kind: "write", fields: before.fields };
    }
    const old = fieldOf(before.fields, field);
    if (old === undefined) return without(fields, field);
    return { kind: "write", fields: { ...fields, [field]: old } };
  };
}

function without(fields: Fields, field: string): Edit {
  const others = Object.entries(fields).filter(([name]) => name !== field);
  return others.length === 0
    ? { kind: "erase" }
    : { kind: "write", fields: Object.fromEntries(others) };
}

function holdsDelivered(present: SecretVersion, field: string, delivered: Delivered): boolean {
  const value = fieldOf(present.fields, field);
  if (typeof value !== "string") return false;
  if (delivered.fingerprint !== null) return fingerprint(value) === delivered.fingerprint;
  const note = readFieldNote(present.customMetadata, field);
  return note?.tokenId === delivered.tokenId && note.fingerprint === fingerprint(value);
}

export function refuseUnusableNames(path: string, field: string): void {
  const isPath = path.split("/").every((segment) => !["", ".", ".."].includes(segment));
  if (!isPath) {
    throw new VaultError(
      "bad_names",
      `"${path}" is no path of a secret`,
      "Write path as it follows the mount, such as ci/deploy-bot, without data/.",
    );
  }
  if (field === "" || Buffer.byteLength(field) > LONGEST_FIELD || /\p{C}/u.test(field)) {
    throw new VaultError(
      "bad_names",
      `"${field}" cannot be the name of a field`,
      `Write field with 1 to ${LONGEST_FIELD} printable characters.`,
    );
  }
}

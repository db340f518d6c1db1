import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../../src/engine";

/** The variable with a private key of GPG in its text form; its passphrase, if it has one, is in the second. */
const KEY = "GLSA_SIGNING_KEY";
const PASSPHRASE = "GLSA_SIGNING_PASSPHRASE";

/** Writes what `sha256sum --check` reads. */
export function writeChecksums(folder: string, name: string, files: readonly string[]): void {
  const lines = [...files]
    .sort()
    .map((file) => `${sha256(readFileSync(join(folder, file)))}  ${file}\n`);
  writeFileSync(join(folder, name), lines.join(""));
}

export interface PublicKey {
  readonly id: string;
  /** In its text form. */
  readonly text: string;
}

/** Signs files with the key in the environment, each beside itself. Returns the key's public part, if there is a key. */
export function sign(folder: string, files: readonly string[]): PublicKey | undefined {
  const key = process.env[KEY];
  if (!key) return undefined;
  const home = mkdtempSync(join(tmpdir(), "glsa-gpg-"));
  const gpg = (input: string, ...args: string[]) =>
    execFileSync("gpg", ["--homedir", home, "--batch", "--quiet", ...args], {
      input,
      encoding: "utf8",
    });
  try {
    gpg(key, "--import");
    for (const file of files) {
      const path = join(folder, file);
      const passphrase = ["--pinentry-mode", "loopback", "--passphrase-fd", "0"];
      gpg(
        process.env[PASSPHRASE] ?? "",
        ...passphrase,
        "--yes",
        "--output",
        `${path}.sig`,
        "--detach-sign",
        path,
      );
    }
    const [, id = ""] = /^fpr:+.*([0-9A-F]{16}):/m.exec(gpg("", "--with-colons", "-k")) ?? [];
    return { id, text: gpg("", "--armor", "--export") };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

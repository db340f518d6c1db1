import { execFileSync } from "node:child_process";

/** A private key in its text form. */
export function newKey(home: string): string {
  const gpg = (...args: string[]) =>
    execFileSync("gpg", ["--homedir", home, "--batch", "--quiet", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  const unprotected = ["--pinentry-mode", "loopback", "--passphrase", ""];
  gpg(...unprotected, "--quick-generate-key", "release@glsa.invalid", "ed25519", "sign", "1d");
  return gpg(...unprotected, "--armor", "--export-secret-keys");
}

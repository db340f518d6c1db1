import { readFileSync } from "node:fs";
import { h1 } from "../../engine";
import type { ProviderPackage } from "./own-package";

/** The hash of a package whose files lie on this machine. */
export function packageHash({ files }: ProviderPackage): string {
  return h1(files.map(({ name, from }) => ({ name, content: readFileSync(from) })));
}

/** The entry of `.terraform.lock.hcl`, as `init` writes it. */
export function lockEntry(address: string, version: string, hashes: readonly string[]): string {
  const lines = [...new Set(hashes)].sort().map((hash) => `    "${hash}",\n`);
  return `provider "${address}" {\n  version = "${version}"\n  hashes = [\n${lines.join("")}  ]\n}\n`;
}

/** The entry of a dependency lock file that covers every package of this version, as `init` writes it. */
export function lockEntry(address: string, version: string, hashes: readonly string[]): string {
  const lines = [...new Set(hashes)].sort().map((hash) => `    "${hash}",\n`);
  return `provider "${address}" {\n  version = "${version}"\n  hashes = [\n${lines.join("")}  ]\n}\n`;
}

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../bundling.mjs";
import { sha256 } from "../../src/engine";
import { BUN_VERSION, GO_TOOLCHAIN, LIBC_VERSION } from "./platforms";

/**
 * What the files were made of, as a statement of in-toto with SLSA's predicate. It says nothing of where and when it was
 * built, so that it is the same each time; that it is true, whoever signs SHA256SUMS vouches for.
 * @see https://slsa.dev/spec/v1.0/provenance
 */
export function provenance(release: string, files: readonly string[]): object {
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: files.map((name) => ({
      name,
      digest: { sha256: sha256(readFileSync(join(release, name))) },
    })),
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: "https://glsa.invalid/npm-run-release/v1",
        externalParameters: { version },
        resolvedDependencies: [
          { name: "glsa", digest: { gitCommit: commit } },
          { name: "bun", uri: `pkg:npm/bun@${BUN_VERSION}` },
          { name: "libc6", uri: `pkg:deb/debian/libc6@${encodeURIComponent(LIBC_VERSION)}` },
          { name: "go", uri: `pkg:golang/std@${GO_TOOLCHAIN.replace("go", "")}` },
          {
            name: "package-lock.json",
            digest: { sha256: sha256(readFileSync("package-lock.json")) },
          },
        ],
      },
      runDetails: { builder: { id: "https://glsa.invalid/npm-run-release" } },
    },
  };
}

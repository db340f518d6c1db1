import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { inCache } from "./engine";

export interface PulumiEngine {
  readonly binary: string;
  /** `PATH` for it, on which it finds the host of programs in Node. */
  readonly path: string;
}

interface GoProgram {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  readonly package: string;
  readonly replace?: string;
}

export const PULUMI_MODULE: GoProgram = {
  name: "pulumi",
  module: "github.com/pulumi/pulumi/pkg/v3",
  version: "3.250.0",
  package: "cmd/pulumi",
  // The module's own, which counts only where it is the main module.
  replace:
    "github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e",
};

/** The last version of the module that holds it; newer engines work with it. */
const NODE_HOST: GoProgram = {
  name: "pulumi-language-nodejs",
  module: "github.com/pulumi/pulumi/sdk/v3",
  version: "3.66.0",
  package: "nodejs/cmd/pulumi-language-nodejs",
};

const PROGRAMS = [PULUMI_MODULE, NODE_HOST];

/** Pulumi from PATH; else built once from its Go modules and kept in the user's cache. */
export function findPulumi(): PulumiEngine {
  const path = process.env["PATH"] ?? "";
  if (runs("pulumi", "version")) return { binary: "pulumi", path };
  const folder = cacheFolder();
  buildMissing(folder);
  return fromFolder(folder);
}

/** Pulumi as far as it is here already. */
export function presentPulumi(): PulumiEngine | undefined {
  if (runs("pulumi", "version")) return { binary: "pulumi", path: process.env["PATH"] ?? "" };
  const folder = cacheFolder();
  return missingFrom(folder).length === 0 ? fromFolder(folder) : undefined;
}

function fromFolder(folder: string): PulumiEngine {
  const path = [folder, process.env["PATH"] ?? ""].join(delimiter);
  return { binary: join(folder, PULUMI_MODULE.name), path };
}

function cacheFolder(): string {
  return inCache(`pulumi-${PULUMI_MODULE.version}`);
}

function missingFrom(folder: string): GoProgram[] {
  return PROGRAMS.filter(({ name }) => !existsSync(join(folder, name)));
}

function buildMissing(folder: string): void {
  const missing = missingFrom(folder);
  if (missing.length === 0) return;
  if (!runs("go", "version")) {
    throw new Error(
      "There is no pulumi on PATH, and no Go to build it with. Get it from https://www.pulumi.com/docs/install/.",
    );
  }
  process.stderr.write(
    `Building Pulumi ${PULUMI_MODULE.version} from its Go modules; this takes some minutes, once.\n`,
  );
  mkdirSync(folder, { recursive: true });
  for (const program of missing) build(program, join(folder, program.name));
}

/** A module of our own requires the program's, so that Go checks everything that it fetches against its checksums. */
function build(program: GoProgram, binary: string): void {
  const source = mkdtempSync(join(tmpdir(), "glsa-pulumi-"));
  const { module, version, replace } = program;
  // Without a version, Go takes the module for one of 1.16 and looks at every module that any other ever needed.
  const lines = ["module glsa.internal/build", "go 1.24", `require ${module} v${version}`];
  if (replace !== undefined) lines.push(`replace ${replace}`);
  try {
    writeFileSync(join(source, "go.mod"), `${lines.join("\n")}\n`);
    const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
    const flags = `-s -w -X ${versionVariable}=v${version}`;
    const built = `${binary}.new`;
    execFileSync(
      "go",
      ["build", "-mod=mod", "-o", built, "-ldflags", flags, `${module}/${program.package}`],
      { cwd: source, stdio: ["ignore", "inherit", "inherit"] },
    );
    // An interrupted build must not look like a finished one.
    renameSync(built, binary);
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

function runs(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: "ignore" }).status === 0;
}

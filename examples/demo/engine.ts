import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Engine {
  readonly name: "terraform" | "tofu";
  readonly binary: string;
}

const OPENTOFU_VERSION = "1.12.6";
const OPENTOFU_MODULE = `github.com/opentofu/opentofu@v${OPENTOFU_VERSION}`;

/** Terraform or OpenTofu from PATH; else OpenTofu, built once from its Go module and kept in the user's cache. */
export function findEngine(): Engine {
  for (const name of ["terraform", "tofu"] as const) {
    if (runs(name, "version")) return { name, binary: name };
  }
  return { name: "tofu", binary: cachedOpenTofu() };
}

/** Where the built OpenTofu lies; builds it when it does not lie there yet. */
export function cachedOpenTofu(): string {
  const binary = inCache(`opentofu-${OPENTOFU_VERSION}/tofu`);
  if (existsSync(binary)) return binary;
  if (!runs("go", "version")) {
    throw new Error(
      "There is neither terraform nor tofu on PATH, and no Go to build OpenTofu with. " +
        "Get one from https://opentofu.org/docs/intro/install/ or https://developer.hashicorp.com/terraform/install.",
    );
  }
  process.stderr.write(
    `Building OpenTofu ${OPENTOFU_VERSION} from its Go module; this takes some minutes, once.\n`,
  );
  buildCopy(binary, {
    module: OPENTOFU_MODULE,
    package: "./cmd/tofu",
    flags: "-s -w -X github.com/opentofu/opentofu/version.dev=no",
  });
  return binary;
}

/** Where glsa keeps what it built for this user. */
export function inCache(path: string): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "glsa", path);
}

/** A Go program, built from a copy of its module. */
export interface GoBuild {
  readonly module: string;
  readonly package: string;
  readonly flags: string;
  readonly options?: readonly string[];
  /** Changes the copy before it is built. */
  readonly prepare?: (source: string) => void;
}

/** A module that replaces dependencies of its own is refused by `go install`; a copy of it can be built. */
export function buildCopy(
  binary: string,
  { module, package: built, flags, options = [], prepare }: GoBuild,
): void {
  mkdirSync(dirname(binary), { recursive: true });
  const source = mkdtempSync(join(tmpdir(), "glsa-build-"));
  try {
    const answer = execFileSync("go", ["mod", "download", "-json", module], {
      cwd: source,
      encoding: "utf8",
    });
    const { Dir: folder } = JSON.parse(answer) as { Dir: string };
    cpSync(folder, source, { recursive: true });
    execFileSync("chmod", ["-R", "u+w", source]);
    prepare?.(source);
    const parameters = ["build", ...options, "-o", binary, "-ldflags", flags, built];
    execFileSync("go", parameters, { cwd: source, stdio: "inherit" });
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

function runs(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: "ignore" }).status === 0;
}

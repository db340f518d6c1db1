import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

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
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const folder = join(cache, `glsa/opentofu-${OPENTOFU_VERSION}`);
  const binary = join(folder, "tofu");
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
  mkdirSync(folder, { recursive: true });
  build(binary);
  return binary;
}

/** The module replaces one of its own dependencies, which `go install` refuses; a copy of it can be built. */
function build(binary: string): void {
  const source = mkdtempSync(join(tmpdir(), "glsa-opentofu-"));
  try {
    const answer = execFileSync("go", ["mod", "download", "-json", OPENTOFU_MODULE], {
      cwd: source,
      encoding: "utf8",
    });
    const { Dir: module } = JSON.parse(answer) as { Dir: string };
    cpSync(module, source, { recursive: true });
    execFileSync("chmod", ["-R", "u+w", source]);
    const flags = "-s -w -X github.com/opentofu/opentofu/version.dev=no";
    execFileSync("go", ["build", "-o", binary, "-ldflags", flags, "./cmd/tofu"], {
      cwd: source,
      stdio: "inherit",
    });
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

function runs(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: "ignore" }).status === 0;
}

import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";

/*
 * Builds the newest Terraform for the tests of what only it does (`terraform query`). Its module names remote-state
 * backends that are modules of their own and not published, so that a copy is built without them. For tests alone: it
 * is not passed on.
 */

const VERSION = "1.15.0";
const MODULE = `github.com/hashicorp/terraform@v${VERSION}`;
const UNPUBLISHED =
  /remote-state\/(azure|consul|cos|gcs|kubernetes|oci|oss|pg|s3)\b|internal\/legacy/;
const BACKENDS_OF_THESE = /backend(Azure|Consul|Cos|GCS|Kubernetes|OCI|OSS|Pg|S3)\b/;

const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
const binary = join(cache, `glsa/terraform-${VERSION}`, "terraform");

function edit(path: string, isKept: (line: string) => boolean): void {
  const lines = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, lines.filter(isKept).join("\n"));
}

function withoutBackends(source: string): void {
  edit(
    join(source, "internal/backend/init/init.go"),
    (line) => !UNPUBLISHED.test(line) && !BACKENDS_OF_THESE.test(line),
  );
  const goMod = join(source, "go.mod");
  const text = readFileSync(goMod, "utf8").replace(/^tool \([^)]*\)\n/m, "");
  writeFileSync(goMod, text);
  edit(goMod, (line) => !UNPUBLISHED.test(line));
}

function build(): void {
  const source = mkdtempSync(join(tmpdir(), "glsa-terraform-"));
  try {
    const options = { cwd: source, encoding: "utf8" } as const;
    const answer = execFileSync("go", ["mod", "download", "-json", MODULE], options);
    const { Dir: module } = JSON.parse(answer) as { Dir: string };
    cpSync(module, source, { recursive: true });
    execFileSync("chmod", ["-R", "u+w", source]);
    withoutBackends(source);
    mkdirSync(dirname(binary), { recursive: true });
    const flags = "-s -w -X github.com/hashicorp/terraform/version.dev=no";
    execFileSync("go", ["build", "-mod=mod", "-o", binary, "-ldflags", flags, "."], {
      cwd: source,
      stdio: "inherit",
    });
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

if (!existsSync(binary)) {
  process.stderr.write(
    `Building Terraform ${VERSION} from its Go module; this takes minutes, once.\n`,
  );
  build();
}

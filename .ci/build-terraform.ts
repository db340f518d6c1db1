import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildCopy, inCache } from "../examples/demo/engine";

/*
 * Builds the newest Terraform for the tests of what only it does (`terraform query`). Its module names remote-state
 * backends that are modules of their own and not published, so that a copy is built without them. For tests alone: it
 * is not passed on.
 */

const VERSION = "1.15.0";
const UNPUBLISHED =
  /remote-state\/(azure|consul|cos|gcs|kubernetes|oci|oss|pg|s3)\b|internal\/legacy/;
const BACKENDS_OF_THESE = /backend(Azure|Consul|Cos|GCS|Kubernetes|OCI|OSS|Pg|S3)\b/;

const binary = inCache(`terraform-${VERSION}/terraform`);

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
  writeFileSync(goMod, readFileSync(goMod, "utf8").replace(/^tool \([^)]*\)\n/m, ""));
  edit(goMod, (line) => !UNPUBLISHED.test(line));
}

if (!existsSync(binary)) {
  process.stderr.write(
    `Building Terraform ${VERSION} from its Go module; this takes minutes, once.\n`,
  );
  buildCopy(binary, {
    module: `github.com/hashicorp/terraform@v${VERSION}`,
    package: ".",
    flags: "-s -w -X github.com/hashicorp/terraform/version.dev=no",
    options: ["-mod=mod"],
    prepare: withoutBackends,
  });
}

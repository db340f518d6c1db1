// Makes dist/: one bundle per entry point (no run-time dependencies), type declarations, and the licences of what is bundled.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { licences, packagesOf, shared, sharedWithPages } from "./bundling.mjs";

/**
 * Engines show only what a provider prints in place of a handshake. So a shell looks for Node first: of a missing
 * interpreter they would tell nothing but a status. To Node the line is a text and a comment.
 * @param {string} path
 */
function startWithShell(path) {
  const missing =
    "glsa needs Node 20.18 or later, and there is no node on PATH. Put it on PATH, or install the executable, which needs none (docs/install.md).";
  const line = `":" //; command -v node >/dev/null 2>&1 && exec node "$0" "$@"; echo '${missing}'; exit 1`;
  const script = readFileSync(path, "utf8").replace("#!/usr/bin/env node", `#!/bin/sh\n${line}`);
  writeFileSync(path, script);
}

/**
 * The front for CDK Terrain is that of CDKTF, with the names of the packages that it is for.
 * @param {string} path
 */
function forCdkTerrain(path) {
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replaceAll(/(from |require\()"cdktf"/g, '$1"cdktn"'));
}

rmSync("dist", { recursive: true, force: true });

const executables = await build({
  ...(await sharedWithPages()),
  entryPoints: {
    glsa: "src/cli/main.ts",
    "terraform-provider-glsa": "src/cli/terraform-provider.ts",
    "pulumi-resource-glsa": "src/cli/pulumi-provider.ts",
  },
  outdir: "dist/bin",
  banner: { js: "#!/usr/bin/env node" },
});
startWithShell("dist/bin/terraform-provider-glsa.js");
const libraries = await build({
  ...shared,
  entryPoints: {
    cdktf: "constructs/cdktf/index.ts",
    pulumi: "constructs/pulumi/index.ts",
    sandbox: "src/sandbox/index.ts",
    testing: "constructs/testing/index.ts",
  },
  outdir: "dist",
});

cpSync("dist/cdktf.js", "dist/cdktn.js");
forCdkTerrain("dist/cdktn.js");

for (const name of ["config-schema", "audit-schema"]) {
  execFileSync("npx", ["tsx", `.config/docs/${name}.ts`, `dist/${name}.json`], {
    stdio: "inherit",
  });
}
for (const name of readdirSync("dist/bin")) chmodSync(join("dist/bin", name), 0o755);
writeFileSync(
  "dist/THIRD_PARTY_LICENSES.txt",
  licences(packagesOf({ ...executables.metafile.inputs, ...libraries.metafile.inputs })),
);
if (!process.argv.includes("--no-types")) {
  execFileSync("npx", ["tsc", "-p", ".config/tsconfig.types.json"], { stdio: "inherit" });
  const declarations = "dist/types/constructs/cdktn";
  cpSync("dist/types/constructs/cdktf", declarations, { recursive: true });
  for (const path of readdirSync(declarations, { recursive: true })) {
    if (path.endsWith(".d.ts")) forCdkTerrain(join(declarations, path));
  }
}

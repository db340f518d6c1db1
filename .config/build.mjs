// Makes dist/: one bundle per entry point (no run-time dependencies), type declarations, and the licences of what is bundled.
import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { pageAssets } from "./page-assets.mjs";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

const shared = {
  bundle: true,
  platform: "node",
  target: "node20.18",
  format: "cjs",
  metafile: true,
  logLevel: "warning",
  define: { "process.env.GLSA_VERSION": JSON.stringify(version) },
  // Optional peers: loaded only by the front that needs them.
  external: ["cdktf", "cdktf/*", "constructs", "@cdktf/*", "@pulumi/*"],
};

/** @param {Record<string, string>} inputs the npm package names inside the bundled paths */
function packagesOf(inputs) {
  const names = Object.keys(inputs).map(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** @param {string[]} names */
function licences(names) {
  return names.sort().map((name) => {
    const folder = join("node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8");
    return `${name} ${about.version} (${about.license})\n\n${text}`;
  });
}

rmSync("dist", { recursive: true, force: true });

const page = Object.entries(await pageAssets()).map(([name, text]) => [
  `process.env.${name}`,
  JSON.stringify(text),
]);
const executables = await build({
  ...shared,
  define: { ...shared.define, ...Object.fromEntries(page) },
  entryPoints: {
    glsa: "src/cli/main.ts",
    "terraform-provider-glsa": "src/cli/terraform-provider.ts",
    "pulumi-resource-glsa": "src/cli/pulumi-provider.ts",
  },
  outdir: "dist/bin",
  banner: { js: "#!/usr/bin/env node" },
  minifySyntax: true,
  minifyWhitespace: true,
});
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

for (const name of ["config-schema", "audit-schema"]) {
  execFileSync("npx", ["tsx", `.config/docs/${name}.ts`, `dist/${name}.json`], {
    stdio: "inherit",
  });
}
for (const name of readdirSync("dist/bin")) chmodSync(join("dist/bin", name), 0o755);
writeFileSync(
  "dist/THIRD_PARTY_LICENSES.txt",
  licences(packagesOf({ ...executables.metafile.inputs, ...libraries.metafile.inputs })).join(
    "\n\n----\n\n",
  ),
);
if (!process.argv.includes("--no-types")) {
  execFileSync("npx", ["tsc", "-p", ".config/tsconfig.types.json"], { stdio: "inherit" });
}

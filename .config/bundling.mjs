// What every bundle of glsa has in common, and the licences of what is in one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chunks } from "./chunks.mjs";
import { pageAssets } from "./page-assets.mjs";

export const { version } = JSON.parse(readFileSync("package.json", "utf8"));

export const shared = {
  bundle: true,
  platform: "node",
  target: "node20.18",
  format: "cjs",
  metafile: true,
  logLevel: "warning",
  define: { "process.env.GLSA_VERSION": JSON.stringify(version) },
  // Optional peers: loaded only by the front that needs them.
  external: ["cdktf", "cdktf/*", "cdktn", "constructs", "@cdktf/*", "@pulumi/*"],
};

/** @returns {Promise<import("esbuild").BuildOptions>} for what holds the command */
export async function sharedWithPages() {
  const page = Object.entries(await pageAssets()).map(([name, text]) => [
    `process.env.${name}`,
    JSON.stringify(text),
  ]);
  return {
    ...shared,
    plugins: [chunks(shared)],
    define: { ...shared.define, ...Object.fromEntries(page) },
    minifySyntax: true,
    minifyWhitespace: true,
  };
}

/**
 * @param {import("esbuild").Metafile["inputs"]} inputs
 * @returns {string[]} the npm package names inside the bundled paths, sorted
 */
export function packagesOf(inputs) {
  const names = Object.keys(inputs).map(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/** @param {string[]} names of npm packages */
export function licences(names) {
  return names
    .map((name) => {
      const folder = join("node_modules", name);
      const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8");
      return `${name} ${about.version} (${about.license})\n\n${text}`;
    })
    .join("\n\n----\n\n");
}

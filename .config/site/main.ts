/** `npm run docs:site`: the documentation as static pages, for GitLab Pages or any server. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { version } from "../bundling.mjs";
import { assemble } from "./assemble";

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: "public" },
    base: { type: "string", default: "/" },
  },
});

const SITE = __dirname;
const VITEPRESS = join(SITE, "node_modules/vitepress/bin/vitepress.js");

if (!existsSync(VITEPRESS)) {
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: SITE, stdio: "inherit" });
}
assemble(join(SITE, "pages"));
execFileSync(process.execPath, [VITEPRESS, "build", "."], {
  cwd: SITE,
  stdio: "inherit",
  env: {
    ...process.env,
    GLSA_VERSION: version,
    GLSA_SITE_BASE: options.base,
    GLSA_SITE_OUT: resolve(options.out),
  },
});

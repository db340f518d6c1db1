import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "../..");
const PROGRAM = `
  import { pageAssets } from "./.config/page-assets.mjs";
  process.stdout.write(JSON.stringify(await pageAssets()));
`;

/** Gives src/page in this process what the build puts into the commands. */
export function compilePageAssets(): void {
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", PROGRAM], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  Object.assign(process.env, JSON.parse(output));
}

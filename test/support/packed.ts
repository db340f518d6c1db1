import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../..");

/** The package as the registry would get it, as a file in the folder. */
export async function packGlsa(folder: string): Promise<string> {
  if (!existsSync(join(REPOSITORY, "dist/cdktf.js"))) {
    throw new Error("dist/ holds no constructs; run npm run build");
  }
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const { stdout } = await execute("npm", pack, { cwd: REPOSITORY });
  const [{ filename = "" } = {}] = JSON.parse(stdout) as { filename?: string }[];
  return join(folder, filename);
}

/** A folder with the packed glsa in its `node_modules`, and beside it, linked, what this repository has of others. */
export async function projectWithGlsa(others: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "glsa-project-"));
  const packed = await packGlsa(folder);
  const own = join(folder, "node_modules/glsa");
  mkdirSync(own, { recursive: true });
  await execute("tar", ["-xzf", packed, "-C", own, "--strip-components=1"]);
  for (const name of others) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(REPOSITORY, "node_modules", name), link);
  }
  return folder;
}

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./program";

/** A folder outside the checkout in which packages of just these versions are installed, once. */
export function installed(name: string, packages: Readonly<Record<string, string>>): string {
  const versions = Object.values(packages).join("-");
  const folder = join(cacheFolder, `${name}-${versions}`);
  if (existsSync(folder)) return folder;
  const half = `${folder}.${process.pid}`;
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, "package.json"), JSON.stringify({ private: true }));
  const exact = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", ...exact], {
      cwd: half,
      stdio: "pipe",
    });
    renameSync(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return folder;
}

import { buildSync } from "esbuild";

/** Makes one file, which Node runs by itself, of a program in TypeScript. */
export function bundleProgram(entry: string, outfile: string): void {
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.18",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
  });
}

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { ownPlatform } from "../../src/engine";
import { packagesOf, sharedWithPages } from "../bundling.mjs";
import { runtimeOf } from "./fetched";
import { BUN_VERSION, GO_TOOLCHAIN, PLATFORMS, platformName, type Platform } from "./platforms";

export interface Bundle {
  readonly path: string;
  /** The npm packages inside. */
  readonly packages: readonly string[];
}

export const KINDS = ["terraform", "pulumi", "command"] as const;
/** For which engine an executable is, or that it is the command. */
export type Kind = (typeof KINDS)[number];

/** What one kind of executable runs, as one script: what only another kind needs is left out. */
export async function bundleFor(kind: Kind, folder: string): Promise<Bundle> {
  const path = join(folder, `glsa-${kind}.js`);
  const shared = await sharedWithPages();
  const { metafile } = await build({
    ...shared,
    // The runtime would put the folder of this build in.
    define: {
      ...shared.define,
      __dirname: '"/"',
      __filename: '"/glsa.js"',
      "process.env.GLSA_KIND": JSON.stringify(kind),
    },
    entryPoints: ["src/cli/executable.ts"],
    outfile: path,
  });
  return { path, packages: packagesOf(metafile?.inputs ?? {}) };
}

/** The script and the runtime as one executable. */
export function compile(bundle: Bundle, platform: Platform, folder: string): string {
  const own = join(folder, platformName(platform));
  mkdirSync(own, { recursive: true });
  // Names and folders go into the bytes: the same ones each time.
  copyFileSync(bundle.path, join(own, "glsa.js"));
  const architecture = platform.architecture === "amd64" ? "x64" : "arm64";
  execFileSync(
    runtimeOf(hostPlatform()),
    [
      ...["build", "--compile", "--minify"],
      // Starts quicker, for 4 MB more, with which Windows' zip would be larger than 60 MB.
      ...(platform.os === "windows" ? [] : ["--bytecode"]),
      // What lies in a working folder sets nothing.
      ...["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"],
      `--target=bun-${platform.os}-${architecture}-v${BUN_VERSION}`,
      `--compile-executable-path=${runtimeOf(platform)}`,
      ...["glsa.js", "--outfile", "glsa"],
    ],
    { cwd: own, stdio: ["ignore", "ignore", "inherit"], env: withoutRuntimeSettings() },
  );
  return join(own, platform.os === "windows" ? "glsa.exe" : "glsa");
}

/** What chooses the C library, on Linux. */
export function buildLauncher({ architecture }: Platform, folder: string): string {
  const path = join(folder, `launcher-${architecture}`);
  const options = ["-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid="];
  execFileSync("go", ["build", ...options, "-o", resolve(path), "."], {
    cwd: join(__dirname, "launcher"),
    env: {
      ...process.env,
      CGO_ENABLED: "0",
      GOOS: "linux",
      GOARCH: architecture,
      GOAMD64: "v1",
      GOFLAGS: "",
      GOWORK: "off",
      GOTOOLCHAIN: GO_TOOLCHAIN,
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return path;
}

function hostPlatform(): Platform {
  const name = ownPlatform();
  const host = PLATFORMS.find((platform) => platformName(platform) === name);
  if (host === undefined) throw new Error(`A release is built on Linux or macOS, not on ${name}.`);
  return host;
}

function withoutRuntimeSettings(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith("BUN_"));
  return Object.fromEntries(entries);
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { InstalledProvider } from "./engine";
import { packageVersion, PROVIDER_ADDRESS } from "./glsa";

const REPOSITORY = resolve(__dirname, "../..");
const RELEASE = join(REPOSITORY, ".config/release/main.ts");

/** The systems and architectures for which a test can run what a release builds. */
export const canRunReleases = process.platform === "linux" && process.arch === "x64";

/** A release as `npm run release` makes it, of what runs here. */
export class TestRelease {
  readonly folder = mkdtempSync(join(tmpdir(), "glsa-release-"));

  constructor(...options: readonly string[]) {
    const args = ["--platforms", "linux_amd64", "--out", this.folder, ...options];
    execFileSync("npx", ["tsx", RELEASE, ...args], {
      cwd: REPOSITORY,
      stdio: "pipe",
      env: process.env,
    });
  }

  /** As an engine is told of it. */
  get provider(): InstalledProvider {
    const mirror = join(this.folder, "mirror");
    const version = packageVersion();
    return { address: PROVIDER_ADDRESS, version, mirror, folder: join(mirror, PROVIDER_ADDRESS) };
  }

  get zip(): string {
    return join(this.folder, `terraform-provider-glsa_${packageVersion()}_linux_amd64.zip`);
  }

  /** The entry of a lock file that covers all packages of this version. */
  get lock(): string {
    return this.read(`glsa_${packageVersion()}.lock.hcl`);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

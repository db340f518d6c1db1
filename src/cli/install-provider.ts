import { chmodSync, copyFileSync, existsSync, mkdirSync, realpathSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { PROVIDER_ADDRESS } from "../resources";
import { VERSION } from "./version";

export interface Installed {
  readonly address: string;
  readonly version: string;
  readonly files: readonly string[];
}

/** The provider is a script for Node: the same bytes everywhere, so that one lock file serves every platform. */
const PLATFORMS = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];

/**
 * Copies the provider below a folder's `terraform.d/plugins`, or to the user's plugin folders that Terraform and
 * OpenTofu search by themselves.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function installProvider(folder: string | undefined): Installed {
  if (process.platform === "win32") {
    throw new Error(
      "Windows is not supported yet: Terraform starts a provider only from an .exe there. Use WSL or a Linux container.",
    );
  }
  // npm starts commands through a link.
  const command = realpathSync(process.argv[1] ?? "");
  const source = join(dirname(command), "terraform-provider-glsa.js");
  if (!existsSync(source)) throw new Error("the package holds no provider; install glsa again");
  const roots = folder === undefined ? userRoots() : [join(resolve(folder), "terraform.d/plugins")];
  const files = roots.flatMap((root) => PLATFORMS.map((platform) => place(source, root, platform)));
  return { address: PROVIDER_ADDRESS, version: VERSION, files };
}

function userRoots(): string[] {
  const data = process.env["XDG_DATA_HOME"] || join(homedir(), ".local/share");
  return [join(homedir(), ".terraform.d/plugins"), join(data, "opentofu/plugins")];
}

function place(source: string, root: string, platform: string): string {
  const folder = join(root, PROVIDER_ADDRESS, VERSION, platform);
  const target = join(folder, `terraform-provider-glsa_v${VERSION}`);
  mkdirSync(folder, { recursive: true });
  // A run that is using the present file keeps it.
  copyFileSync(source, `${target}.new`);
  chmodSync(`${target}.new`, 0o755);
  renameSync(`${target}.new`, target);
  return target;
}

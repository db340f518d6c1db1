import { randomBytes } from "node:crypto";
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { PROVIDER_ADDRESS } from "../resources";
import { VERSION } from "./version";
import { CodedError } from "../model/code";

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
    throw new CodedError(
      "unsupported-system",
      "Windows is not supported yet: Terraform starts a provider only from an .exe there. Use WSL or a Linux container.",
    );
  }
  // npm starts commands through a link.
  const command = realpathSync(process.argv[1] ?? "");
  const source = join(dirname(command), "terraform-provider-glsa.js");
  if (!existsSync(source))
    throw new CodedError("incomplete-package", "the package holds no provider; install glsa again");
  const roots =
    folder === undefined
      ? userRoots()
      : [{ base: resolve(folder), path: join(resolve(folder), "terraform.d/plugins") }];
  const folders = roots.flatMap((root) => PLATFORMS.map((platform) => folderOf(root, platform)));
  const files = folders.map((target) => place(source, target));
  return { address: PROVIDER_ADDRESS, version: VERSION, files };
}

interface Root {
  /** Whose own links are the user's choice; below it none is written through. */
  readonly base: string;
  readonly path: string;
}

function userRoots(): Root[] {
  const given = process.env["XDG_DATA_HOME"];
  const data = given || join(homedir(), ".local/share");
  return [
    { base: homedir(), path: join(homedir(), ".terraform.d/plugins") },
    { base: given || homedir(), path: join(data, "opentofu/plugins") },
  ];
}

/** The folder for one platform. A link on the way, as a checkout may bring it along, would lead somewhere else. */
function folderOf({ base, path }: Root, platform: string): string {
  const folder = join(path, PROVIDER_ADDRESS, VERSION, platform);
  let current = base;
  for (const name of relative(base, folder).split(sep)) {
    current = join(current, name);
    if (!lstatSync(current, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    throw new CodedError(
      "symbolic-link",
      `${current} is a symbolic link, and nothing was installed: glsa writes through none. Replace it with a folder.`,
    );
  }
  return folder;
}

function place(source: string, folder: string): string {
  const target = join(folder, `terraform-provider-glsa_v${VERSION}`);
  mkdirSync(folder, { recursive: true });
  const draft = `${target}.${randomBytes(6).toString("hex")}`;
  try {
    copyFileSync(source, draft, constants.COPYFILE_EXCL);
    chmodSync(draft, 0o755);
    // A run that is using the present file keeps it.
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return target;
}

import { lstatSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { CodedError } from "../../model/code";
import { PROVIDER_ADDRESS } from "../../resources";

/** Where an engine looks for providers. */
export interface Place {
  /** Whose own links are the user's choice; below it none is written through. */
  readonly base: string;
  readonly path: string;
}

/**
 * The places that Terraform and OpenTofu search by themselves: a folder's `terraform.d/plugins`, or the user's own.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function placesFor(folder: string | undefined): Place[] {
  return folder === undefined ? ofUser() : [below(resolve(folder), "terraform.d/plugins")];
}

/** A folder that an engine's configuration names as its mirror. */
export function mirrorAt(folder: string): Place {
  return { base: resolve(folder), path: resolve(folder) };
}

function ofUser(): Place[] {
  if (process.platform === "win32") {
    const data = process.env["APPDATA"] || join(homedir(), "AppData/Roaming");
    return [below(data, "terraform.d/plugins"), below(data, "opentofu/plugins")];
  }
  const given = process.env["XDG_DATA_HOME"];
  const data = given || join(homedir(), ".local/share");
  return [
    below(homedir(), ".terraform.d/plugins"),
    { base: given || homedir(), path: join(data, "opentofu/plugins") },
  ];
}

function below(base: string, path: string): Place {
  return { base, path: join(base, path) };
}

/** A path below a place's folder of glsa. A link on the way, as a checkout may bring it along, would lead elsewhere. */
export function within({ base, path }: Place, ...names: readonly string[]): string {
  const target = join(path, PROVIDER_ADDRESS, ...names);
  let current = base;
  for (const name of relative(base, target).split(sep)) {
    current = join(current, name);
    if (!lstatSync(current, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    throw new CodedError(
      "symbolic-link",
      `${current} is a symbolic link, and nothing was changed: glsa writes through none. Replace it with a folder.`,
    );
  }
  return target;
}

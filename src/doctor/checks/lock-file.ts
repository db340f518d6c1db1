import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { h1, lockedProvider, ownPlatform } from "../../engine";
import { PROVIDER_ADDRESS } from "../../resources";
import type { Check } from "../check";
import { fault, fine, type Finding } from "../finding";
import { foundProvider } from "./provider";

/** Whether the lock file names the provider that is there. */
export const lockFile: Check = {
  name: "lock-file",
  needs: ["provider"],
  examine: (setup) => {
    const { name, command, folder } = setup.engine;
    const { by, version, folder: installed } = foundProvider(setup);
    if (name === "pulumi") return [fine("Pulumi has no lock file: the package's own counts")];
    if (by !== "installed" || installed === undefined) return [fine("No lock file is used here")];
    const locked = lockedProvider(folder, PROVIDER_ADDRESS);
    if (!locked) {
      const what =
        locked === undefined
          ? "There is no lock file"
          : "The lock file does not name glsa's provider";
      const remedy = `Run ${command} init, and commit .terraform.lock.hcl.`;
      return [fault("no-lock-entry", what, remedy)];
    }
    return [
      compared(locked.hashes, installed) ?? fine(`The lock file names the provider ${version}`),
    ];
  },
};

/** Undefined where one of the hashes is that of the package, or none can be compared. */
function compared(hashes: readonly string[], folder: string): Finding | undefined {
  const comparable = hashes.filter((hash) => hash.startsWith("h1:"));
  if (comparable.length === 0 || comparable.includes(hashOf(folder))) return undefined;
  return fault(
    "lock-hash-differs",
    `None of the lock file's hashes is that of the provider in ${folder}`,
    `If you trust that package, have its hash added: init -upgrade, or providers lock -platform=${ownPlatform()}. A release's lock entry covers every platform (docs/upgrade.md).`,
  );
}

function hashOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return h1(
    files.map((path) => ({
      name: relative(folder, path).split(sep).join("/"),
      content: readFileSync(path),
    })),
  );
}

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const DEFAULT = "default";

/**
 * The workspace that core works in. It tells its providers nothing of it, but starts them in its own folder, where it
 * keeps the choice of `workspace select`.
 */
export function workspaceName(env: NodeJS.ProcessEnv, folder: string): string {
  return (
    env["TF_WORKSPACE"] || chosenIn(resolve(folder, env["TF_DATA_DIR"] || ".terraform")) || DEFAULT
  );
}

function chosenIn(dataFolder: string): string {
  try {
    return readFileSync(join(dataFolder, "environment"), "utf8").trim();
  } catch {
    // Written by the first choice only.
    return "";
  }
}

import { basename } from "node:path";
import { runWatcher, WATCHER_NAME } from "../destinations/command/program-watcher";

/** Set by the launcher, which chooses the C library on Linux: what to start in order to start glsa. */
const LAUNCHER = "GLSA_LAUNCHER";

/**
 * The one executable of a release is what it is called: a provider where an engine starts it under the name of one, else
 * the command.
 */
async function main(): Promise<void> {
  const launcher = process.env[LAUNCHER];
  // No program that glsa starts is to know it.
  delete process.env[LAUNCHER];
  if (launcher) process.execPath = launcher;
  const name = basename(process.argv0);
  if (name === WATCHER_NAME) runWatcher();
  else if (name.startsWith("terraform-provider-")) await import("./terraform-provider");
  else if (name.startsWith("pulumi-resource-")) await import("./pulumi-provider");
  else await import("./main");
}

void main();

import { basename } from "node:path";
import { runWatcher, WATCHER_NAME } from "../destinations/command/program-watcher";

/** Set by the launcher, which chooses the C library on Linux: what to start in order to start glsa. */
const LAUNCHER = "GLSA_LAUNCHER";

/** What an executable of a release is: the build says for which engine it is made, or that it is the command. */
async function main(): Promise<void> {
  const launcher = process.env[LAUNCHER];
  // No program that glsa starts is to know it.
  delete process.env[LAUNCHER];
  if (launcher) process.execPath = launcher;
  if (basename(process.argv0) === WATCHER_NAME) runWatcher();
  else if (process.env.GLSA_KIND === "terraform") await import("./terraform-provider");
  else if (process.env.GLSA_KIND === "pulumi") await import("./pulumi-provider");
  else await import("./main");
}

void main();

import { existsSync } from "node:fs";
import { Command } from "commander";
import { raiseAlarm } from "../../night";
import { readNightJson } from "../../night/outputs";
import { ofLostNight } from "../../notify";
import { runNamed, tell } from "../notifying";
import { readInput } from "../read-input";

const AFTER_HELP = `
On GitLab it needs GLSA_REVIEW_TOKEN (role Reporter, scope api), on GitHub GITHUB_TOKEN (permissions: { issues: write }).

Examples:
  glsa alarm rotation.json --name platform`;

/** `glsa alarm`: an issue about a night that failed. */
export function alarmCommand(): Command {
  return new Command("alarm")
    .description(
      "open an issue about a rotation that failed, or add a note to the one that is open",
    )
    .argument(
      "[report]",
      "what glsa rotate --output json=FILE wrote; where it is missing, the rotation never got that far",
    )
    .requiredOption("--name <name>", "what the issue calls it, such as the stack's name")
    .addHelpText("after", AFTER_HELP)
    .action(alarm);
}

async function alarm(report: string | undefined, { name }: { name: string }): Promise<void> {
  const isThere = report !== undefined && existsSync(report);
  const night = isThere ? readNightJson(await readInput(report)) : undefined;
  // A night that wrote a report has told of itself.
  if (night === undefined) await tell(".", [ofLostNight(runNamed(name))]);
  const { label, done } = await raiseAlarm({ name, night }, process.env);
  process.stderr.write(done === "opened" ? `Opened ${label}.\n` : `Added a note to ${label}.\n`);
}

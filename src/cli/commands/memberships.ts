import { writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { separate, together, type Regrouped } from "../../adopt/regroup";
import { shown } from "../../review/outputs";
import { EXIT } from "../exit-codes";
import { heldMemberships } from "../held-memberships";
import { invalidOption } from "../invalid-option";
import { readStates } from "../read-states";
import { stateAccess } from "./live-options";

interface MembershipsArguments {
  readonly together?: boolean;
  readonly separate?: boolean;
  readonly state: string;
  readonly output?: string;
}

const AFTER_HELP = `
It reads a state and writes code: the memberships in their other form, an import block for each, and removed blocks that let
go of the former objects. An apply of it changes the state and nothing on GitLab. Remove the code of the former resources,
which it names, in the same step.

Examples:
  terraform show -json >state.json && glsa memberships --together --state state.json --output memberships.tf
  glsa memberships --separate --state state.json

Exit codes:
  0  all memberships are in the code
  1  the state cannot be read
  2  some keep their form, which is told`;

/** `glsa memberships`: code that declares memberships in the other form. */
export function membershipsCommand(): Command {
  return new Command("memberships")
    .description("write code that moves memberships into one object per account, or back")
    .addOption(new Option("--together", "one glsa_memberships per account").conflicts("separate"))
    .option("--separate", "a glsa_membership each")
    .requiredOption("--state <file|url|->", "the state that has them")
    .option("-o, --output <file>", "where to write; a file that exists is not changed")
    .addHelpText("after", AFTER_HELP)
    .action(regroup);
}

async function regroup(options: MembershipsArguments): Promise<void> {
  const { state, output } = options;
  if (options.together === options.separate) throw invalidOption("Say --together or --separate.");
  for (const { name, text } of await readStates([state], stateAccess())) {
    const held = heldMemberships(name, text);
    const regrouped = options.together === true ? together(held) : separate(held);
    if (output === undefined) process.stdout.write(regrouped.code);
    else if (regrouped.code !== "") await writeFile(output, regrouped.code, { flag: "wx" });
    for (const line of linesOf(regrouped)) process.stderr.write(`${line}\n`);
    process.exitCode = regrouped.left.length > 0 ? EXIT.changes : EXIT.nothing;
  }
}

function linesOf({ from, to, replaced, left }: Regrouped): string[] {
  return [
    from === 0
      ? "There is nothing to move."
      : `${from} ${from === 1 ? "object becomes" : "objects become"} ${to}.`,
    ...(replaced.length === 0 ? [] : ["Remove the code of these resources in the same step:"]),
    ...replaced.map((resource) => `  ${shown(resource, "line")}`),
    ...left.map(
      ({ address, reason }) => `Stays: ${shown(address, "line")}: ${shown(reason, "line")}.`,
    ),
  ];
}

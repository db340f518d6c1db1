import { Command, Option } from "commander";
import { utcDate } from "../../model";
import { isForTonight, statusOf, unreadable, type StackStatus } from "../../night";
import { formattedStatuses, STACK_FORMATS, type StackFormat } from "../../night/outputs";
import { EXIT } from "../exit-codes";
import { outputAdder, type Output } from "../output-option";
import { readStacks, type ListedStack } from "../read-stacks";
import { readStates, type StateAccess } from "../read-states";
import { writeReport } from "../write-report";
import { parseCount, stateAccess } from "./live-options";

interface StacksArguments {
  readonly list: string;
  readonly days: number;
  readonly format: StackFormat;
  readonly output: readonly Output<StackFormat>[];
  readonly include: string;
  readonly extends: string;
}

const AFTER_HELP = `
The list has { "stacks": [{ "name": "one", "folder": "stacks/one", "state": "one.json" }] }. A state is a file or an address, as
for glsa calendar.

Examples:
  glsa stacks
  glsa stacks --output gitlab-pipeline=tonight.yml
  glsa stacks --format github-matrix

Exit codes:
  0  nothing is due
  1  a state or the list cannot be read
  2  something is due`;

/** `glsa stacks`: which of many stacks have something due, and a pipeline of only these. */
export function stacksCommand(): Command {
  return new Command("stacks")
    .description("say which of many stacks have something due, and write a pipeline of only these")
    .option("--list <file>", "the stacks", "glsa.stacks.json")
    .option("--days <number>", "how far ahead an expiry counts", parseCount, 14)
    .addOption(
      new Option("-f, --format <format>", "what to print").choices(STACK_FORMATS).default("text"),
    )
    .addOption(
      new Option("-o, --output <format=path>", "also write a file; may be given several times")
        .argParser(outputAdder(STACK_FORMATS, "gitlab-pipeline=tonight.yml"))
        .default([], "none"),
    )
    .option("--include <file>", "the project's file with a stack's job", ".gitlab/rotate.yml")
    .option("--extends <job>", "the job in it", ".rotate")
    .addHelpText("after", AFTER_HELP)
    .action(stacks);
}

async function stacks(options: StacksArguments): Promise<void> {
  const access = stateAccess();
  const span = { today: utcDate(new Date()), days: options.days };
  const all = await Promise.all(
    readStacks(options.list).map((stack) => statusNow(stack, span, access)),
  );
  for (const { format, path } of options.output)
    await writeReport(path, formattedStatuses(all, format, options));
  process.stdout.write(formattedStatuses(all, options.format, options));
  const isBroken = all.some(({ failure }) => failure !== null);
  process.exitCode = isBroken ? EXIT.failed : all.some(isForTonight) ? EXIT.changes : EXIT.nothing;
}

/** One that cannot be read does not keep the others. */
async function statusNow(
  { name, folder, state }: ListedStack,
  span: Parameters<typeof statusOf>[2],
  access: StateAccess,
): Promise<StackStatus> {
  const stack = { name, folder };
  try {
    const [read] = await readStates([state], access);
    return statusOf(stack, read?.text ?? "", span);
  } catch (failure) {
    return unreadable(stack, failure instanceof Error ? failure.message : String(failure));
  }
}

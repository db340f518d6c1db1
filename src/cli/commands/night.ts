import { Command, Option } from "commander";
import { findEngine } from "../../engine";
import { rotateWhatIsDue, type NightReport } from "../../night";
import { formattedNight, NIGHT_FORMATS, type NightFormat } from "../../night/outputs";
import { ofNight } from "../../notify";
import { EXIT } from "../exit-codes";
import { runNamed, tell } from "../notifying";
import { outputAdder, type Output } from "../output-option";
import { writeReport } from "../write-report";
import { withEngineOptions, type EngineArguments } from "./engine-options";
import { parseCount } from "./live-options";

interface NightArguments extends EngineArguments {
  readonly folder: string;
  readonly init: boolean;
  readonly dryRun: boolean;
  readonly only: readonly string[];
  readonly max?: number;
  readonly format: NightFormat;
  readonly output: readonly Output<NightFormat>[];
  readonly name?: string;
}

const AFTER_HELP = `
What the engine prints goes to standard error, the report to standard output.

Examples:
  glsa rotate --dry-run
  glsa rotate --init --output json=rotation.json
  glsa rotate --only platform-deployer --max 1
  glsa rotate --folder infra --stack production

Exit codes:
  0  all that is due is done, or nothing is due
  1  a token that is due was not rotated, or a step failed
  2  all that is due is done, and something else waits for a person`;

/** `glsa rotate`: applies what is due, and nothing else. */
export function rotateCommand(): Command {
  return withEngineOptions(
    new Command("rotate")
      .description("apply the rotations and revocations that are due, and nothing else")
      .option("--folder <path>", "where the configuration or program is", "."),
  )
    .option("--init", "first install what the lock file names", false)
    .option("--dry-run", "plan, and apply nothing", false)
    .option(
      "--only <name>",
      "only these tokens: an address or a username, with * for anything; may be given several times",
      (text: string, before: readonly string[]) => [...before, text],
      [] as readonly string[],
    )
    .option("--max <number>", "no more tokens than these; those that end first", parseCount)
    .addOption(
      new Option("-f, --format <format>", "what to print").choices(NIGHT_FORMATS).default("text"),
    )
    .addOption(
      new Option("-o, --output <format=path>", "also write a file; may be given several times")
        .argParser(outputAdder(NIGHT_FORMATS, "json=rotation.json"))
        .default([], "none"),
    )
    .option("--name <name>", "what headings call it")
    .addHelpText("after", AFTER_HELP)
    .action(rotate);
}

async function rotate(options: NightArguments): Promise<void> {
  const { folder, engine: named, stack, lockTimeout } = options;
  const { dryRun: isDryRun, init: withInit, only, max, name } = options;
  const engine = findEngine({ folder, engine: named, stack, lockTimeout });
  const report = await rotateWhatIsDue(engine, { isDryRun, withInit, only, max });
  const titled = name === undefined ? {} : { title: name };
  for (const { format, path } of options.output) {
    await writeReport(path, formattedNight(report, format, titled));
  }
  process.stdout.write(formattedNight(report, options.format, titled));
  process.exitCode = exitCodeOf(report);
  await tell(folder, ofNight(report, runNamed(name)));
}

function exitCodeOf({ end, isDryRun, done }: NightReport): number {
  if (end === "failed") return EXIT.failed;
  if (end === "waiting" || (isDryRun && done.length > 0)) return EXIT.changes;
  return EXIT.nothing;
}

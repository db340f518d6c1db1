import { resolve } from "node:path";
import { Command, Option } from "commander";
import {
  diagnosisJson,
  diagnosisText,
  examine,
  Setup,
  type Diagnosis,
  type Purpose,
} from "../../doctor";
import type { DeclaredContainer } from "../../review";
import { EXIT } from "../exit-codes";
import { placesFor } from "../install/places";
import { readStates } from "../read-states";
import { VERSION } from "../version";
import { withEngineChoice, type EngineChoice } from "./engine-options";

interface DoctorArguments extends EngineChoice {
  readonly folder: string;
  readonly for: Purpose;
  readonly init: boolean;
  readonly plan: readonly string[];
  readonly group: readonly string[];
  readonly project: readonly string[];
  readonly baseUrl?: string;
  readonly caFile?: string;
  readonly json: boolean;
}

const AFTER_HELP = `
It changes nothing: it reads, takes the state's lock for a moment, and has a token looked at, never made.
What is needed is read from the state of the folder, or from plans and states that are given.

Examples:
  glsa doctor
  glsa doctor --init --for plan
  terraform show -json plan.bin | glsa doctor --plan -
  glsa doctor --group platform --json

Exit codes:
  0  all is well
  1  glsa could not look
  2  warnings: it works, and will not for long, or not everywhere
  3  faults: a run would fail`;

/** `glsa doctor`: what a run needs, and what of it is missing. */
export function doctorCommand(): Command {
  const several = (text: string, before: readonly string[]) => [...before, text];
  const none: readonly string[] = [];
  return withEngineChoice(
    new Command("doctor")
      .description("look at everything that a run needs, and say what is missing")
      .option("--folder <path>", "where the configuration or program is", "."),
  )
    .addOption(
      new Option("--for <purpose>", "what the token is to be good for")
        .choices(["plan", "apply"])
        .default("apply"),
    )
    .option("--init", "first install what the lock file names", false)
    .option("--plan <file>", "a plan or state as JSON; may be given several times", several, none)
    .option("--group <path>", "a group in which everything is to be possible", several, none)
    .option("--project <path>", "the same of a project", several, none)
    .option("--base-url <url>", "address of the instance (default: GITLAB_BASE_URL)")
    .option("--ca-file <file>", "certificates to trust in addition to the system's")
    .option("--json", "print it as JSON", false)
    .addHelpText("after", AFTER_HELP)
    .action(doctor);
}

async function doctor(options: DoctorArguments): Promise<void> {
  const { engine, stack, baseUrl } = options;
  const caFile = options.caFile === undefined ? undefined : resolve(options.caFile);
  const plans = await readStates(options.plan, { gitlab: undefined, caFile });
  const setup = new Setup({
    folder: resolve(options.folder),
    engine,
    stack,
    purpose: options.for,
    withInit: options.init,
    plans: plans.map(({ text }) => text),
    containers: [...named("group", options.group), ...named("project", options.project)],
    baseUrl,
    caFile,
    environment: process.env,
    mirrorsOf: (folder) => [...placesFor(folder), ...placesFor(undefined)].map(({ path }) => path),
    version: VERSION,
    runtime: {
      node: process.versions.node,
      isExecutable: process.versions["bun"] !== undefined,
    },
  });
  try {
    const diagnosis = await examine(setup);
    process.stdout.write(options.json ? diagnosisJson(diagnosis) : diagnosisText(diagnosis));
    process.exitCode = exitCodeOf(diagnosis);
  } finally {
    await setup.close();
  }
}

function exitCodeOf({ findings }: Diagnosis): number {
  if (findings.some(({ status }) => status === "fault")) return EXIT.stop;
  return findings.some(({ status }) => status === "warning") ? EXIT.changes : EXIT.nothing;
}

function named(kind: DeclaredContainer["kind"], paths: readonly string[]): DeclaredContainer[] {
  return paths.map((path) => ({ kind, id: undefined, path }));
}

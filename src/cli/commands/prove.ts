import { Command, Option } from "commander";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { baseUrlProblem } from "../../gitlab";
import type { Outcome, Prospect, Prover, Verdict } from "../../prove";
import { TIERS, type Tier } from "../../sandbox/options";
import { EXIT } from "../exit-codes";
import { VERSION } from "../version";
import { CodedError } from "../../model/code";

interface ProveArguments {
  readonly group: string;
  readonly baseUrl?: string;
  readonly caFile?: string;
  readonly tier?: Tier;
  readonly dryRun: boolean;
  readonly clean: boolean;
  readonly yes: boolean;
  readonly allowGitlabCom: boolean;
  readonly out?: string;
  readonly only?: readonly string[];
}

const AFTER_HELP = `
It reads GITLAB_TOKEN, the token of an Owner of the group or of an administrator, with the scope api.

Examples:
  glsa prove --group throwaway --base-url https://gitlab.test.example.com --dry-run
  glsa prove --group throwaway --base-url https://gitlab.test.example.com
  glsa prove --group throwaway --clean --yes

Exit codes:
  0  GitLab and the stand-in answer alike, the provider kept its promises, nothing is left behind
  1  the run did not begin, or did not get through
  2  the stand-in differs somewhere
  3  something is left behind, or the provider broke a promise`;

/** `glsa prove`: holds the stand-in and the provider against a real GitLab, in a group made for it. */
export function proveCommand(): Command {
  return new Command("prove")
    .description(
      "compare the stand-in and the provider with your own test GitLab, in an empty group",
    )
    .requiredOption("--group <path>", "an empty top-level group, made for this")
    .option("--base-url <url>", "address of the instance (default: GITLAB_BASE_URL)")
    .option("--ca-file <file>", "certificates to trust in addition to the system's")
    .addOption(
      new Option("--tier <tier>", "tier of the instance, where it does not show it").choices(TIERS),
    )
    .option("--dry-run", "read only: print what a run would do", false)
    .option("--clean", "only remove what an interrupted run left", false)
    .option("--yes", "do not ask for a confirmation", false)
    .option("--allow-gitlab-com", "also on gitlab.com", false)
    .option("--only <part...>", "run only these parts; --dry-run lists all")
    .option("--out <folder>", "where to write the result (default: glsa-prove-VERSION-TIER)")
    .addHelpText("after", AFTER_HELP)
    .action(prove);
}

/** What an end of the run by a signal asks for. */
const stopping = new AbortController();

async function prove(options: ProveArguments): Promise<void> {
  const settings = settingsOf(options);
  // Loaded here, since it brings the stand-in and the provider.
  const proving = await import("../../prove");
  const { only: parts } = options;
  const unknown = parts?.find((part) => !proving.PARTS.includes(part));
  if (unknown !== undefined) {
    throw new CodedError(
      "unknown-part",
      `There is no part "${unknown}". The parts are ${proving.PARTS.join(", ")}.`,
    );
  }
  const prover = new proving.Prover({ ...settings, parts, signal: stopping.signal });
  try {
    const prospect = await prover.look();
    process.stdout.write(proving.describeRun(prospect, proving.BOUNDS));
    if (options.dryRun) return;
    await confirm(options, prospect);
    stopOnSignals();
    if (options.clean) return await clean(prover, prospect);
    const folder = resolve(options.out ?? defaultFolder(prospect));
    mkdirSync(folder, { recursive: true });
    const outcome = await apart(() => prover.run(prospect));
    proving.writeResult(folder, outcome, VERSION);
    process.stdout.write(proving.describeOutcome(outcome));
    process.stdout.write(`The recordings and the result are in ${folder}.\n`);
    process.exitCode = exitCodes[proving.verdictOf(outcome)];
  } finally {
    await prover.close();
  }
}

const exitCodes: Readonly<Record<Verdict, number>> = {
  alike: EXIT.nothing,
  unfinished: EXIT.failed,
  different: EXIT.changes,
  broken: EXIT.stop,
};

function settingsOf({ group, caFile, tier, allowGitlabCom, baseUrl: written }: ProveArguments) {
  const baseUrl = written ?? process.env["GITLAB_BASE_URL"];
  if (!baseUrl)
    throw new CodedError("missing-base-url", "Say which instance: --base-url, or GITLAB_BASE_URL.");
  const problem = baseUrlProblem(baseUrl);
  if (problem !== undefined)
    throw new CodedError("unusable-base-url", `--base-url is not usable. ${problem}`);
  const token = process.env["GITLAB_TOKEN"]?.trim();
  if (!token)
    throw new CodedError("missing-token", "There is no token for GitLab. Set GITLAB_TOKEN.");
  const certificates = caFile === undefined ? undefined : resolve(caFile);
  return { baseUrl, token, group, caFile: certificates, tier, allowGitLabCom: allowGitlabCom };
}

function defaultFolder({ subject: { version, tier } }: Prospect): string {
  return `glsa-prove-${version.replace(/[^\w.-]/g, "")}-${tier}`;
}

/** Nothing is written before this. */
async function confirm({ yes, group }: ProveArguments, { subject }: Prospect): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY)
    throw new CodedError("unconfirmed", "Nothing was written. Confirm the run with --yes.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await terminal.question(`Type the path of the group (${group}) to go on: `);
  terminal.close();
  if (typed.trim() !== subject.group.path)
    throw new CodedError("unconfirmed", "Nothing was written.");
}

/** The first signal ends the run and lets it clean; the second ends the process. */
function stopOnSignals(): void {
  const stop = () => {
    if (stopping.signal.aborted) process.exit(EXIT.failed);
    stopping.abort();
    process.stderr.write(
      "glsa: ending, and removing what was made. Once more ends at once; the next run removes the rest.\n",
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

async function clean(prover: Prover, prospect: Prospect): Promise<void> {
  const { removed, left } = await prover.clean(prospect);
  process.stdout.write(`${removed} things were removed.\n`);
  if (left.length === 0) return;
  process.stdout.write(["Left behind:", ...left.map((each) => `  ${each}`), ""].join("\n"));
  process.exitCode = EXIT.stop;
}

/** No policy of the working folder applies to the provider, and no proxy is between it and this process. */
async function apart(work: () => Promise<Outcome>): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "glsa-prove-"));
  const before = process.cwd();
  const { env } = process;
  const exempt = env["no_proxy"] || env["NO_PROXY"];
  env["no_proxy"] = exempt ? `${exempt},127.0.0.1` : "127.0.0.1";
  process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

import { join } from "node:path";
import { Command, Option } from "commander";
import {
  auditOf,
  BaselineError,
  DEFAULT_THRESHOLDS,
  evidenceOf,
  parseBaseline,
  postIssue,
  writtenBaseline,
  type Audit,
  type Baseline,
  type State,
} from "../../audit";
import {
  AUDIT_FORMATS,
  formattedAudit,
  notJudgedSentences,
  openFindings,
  type AuditFormat,
} from "../../audit/outputs";
import { auditSettingsOfFolder, policyOfFolder, readConfig } from "../../config";
import type { Picture } from "../../estate";
import { policyOf } from "../../model/policy";
import { estatePage, schedulesOf } from "../../page";
import { declaredStates } from "../declared-states";
import { EXIT } from "../exit-codes";
import { readInput } from "../read-input";
import { terminal } from "../terminal";
import { VERSION } from "../version";
import { fileToWrite, writeInFolder, writeReport } from "../write-report";
import {
  clientOf,
  lookAtLive,
  parseCount,
  withLiveOptions,
  type LiveArguments,
} from "./live-options";
import { outputAdder, type Output } from "../output-option";
import { CodedError } from "../../model/code";

interface AuditArguments extends LiveArguments {
  readonly state: readonly string[];
  readonly format: AuditFormat;
  readonly output: readonly Output<AuditFormat>[];
  readonly config?: string;
  readonly failOn: "error" | "warning" | "note" | "never";
  readonly expiringWithin: number;
  readonly unusedFor: number;
  readonly neverUsedFor: number;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly html?: string;
  readonly evidence?: string;
  readonly post?: string | true;
  readonly all: boolean;
  readonly name?: string;
  readonly file: string;
}

const AFTER_HELP = `
It reads GITLAB_TOKEN, and writes nothing to GitLab, but with --post an issue (with GLSA_AUDIT_TOKEN, where that is set).

Examples:
  glsa audit --group platform
  glsa audit --state 'states/*.json' --format markdown
  glsa audit --state https://gitlab.example.com/api/v4/projects/42/terraform/state/production
  glsa audit --dry-run
  glsa audit --write-baseline audit-baseline.json
  glsa audit --baseline audit-baseline.json --fail-on warning

Exit codes:
  0  nothing was found
  1  glsa could not look, or could not read a state
  2  findings below the severity of --fail-on
  3  findings of the severity of --fail-on
  4  incomplete: the report says what could not be read`;

/** `glsa audit`: what there is on a live GitLab, held against code and policy. */
export function auditCommand(): Command {
  return withJudging(
    withLiveOptions(
      new Command("audit").description(
        "compare the service accounts of a live GitLab with code and policy",
      ),
    ),
  )
    .option(
      "--state <file|url|->",
      "a state or plan that declares some of it; a pattern such as 'states/*.json'; may be given several times",
      (text: string, before: readonly string[]) => [...before, text],
      [] as readonly string[],
    )
    .addOption(
      new Option("-f, --format <format>", "what to print").choices(AUDIT_FORMATS).default("text"),
    )
    .addOption(
      new Option("-o, --output <format=path>", "also write a file; may be given several times")
        .argParser(outputAdder(AUDIT_FORMATS, "markdown=audit.md"))
        .default([], "none"),
    )
    .option(
      "--config <path>",
      "the file with the policy and what to ignore; default: every glsa.config.json from here upwards",
    )
    .option(
      "--html <file>",
      "write one page to look at, which needs nothing but a browser",
      fileToWrite,
    )
    .option("--evidence <folder>", "write what an auditor keeps: tables, the page, checksums")
    .option(
      "--post [project]",
      "keep a confidential issue of a project up to date; default: the project of this job",
    )
    .option("--baseline <file>", "findings to accept: only new ones count")
    .option("--write-baseline <file>", "write what is found now as the baseline")
    .option("--all", "print every finding, and not only the first ones of each kind", false)
    .option("--name <name>", "what headings call it")
    .option("--file <path>", "the file that reports show findings at", "glsa.config.json")
    .addHelpText("after", AFTER_HELP)
    .action(audit);
}

function withJudging(command: Command): Command {
  return command
    .addOption(
      new Option("--fail-on <severity>", "exit with 3 on findings from this severity on")
        .choices(["error", "warning", "note", "never"])
        .default("error"),
    )
    .option(
      "--expiring-within <days>",
      "report tokens that expire within this many days",
      parseCount,
      DEFAULT_THRESHOLDS.expiringWithinDays,
    )
    .option(
      "--unused-for <days>",
      "report tokens that were not used for this many days",
      parseCount,
      DEFAULT_THRESHOLDS.unusedForDays,
    )
    .option(
      "--never-used-for <days>",
      "report tokens of this age in days that were never used",
      parseCount,
      DEFAULT_THRESHOLDS.neverUsedForDays,
    );
}

async function audit(options: AuditArguments): Promise<void> {
  const settings = settingsOf(options.config);
  const states = await declaredStates(options);
  const picture = await lookAtLive(options);
  if (picture === undefined) return;
  const baseline = await baselineOf(options.baseline, picture);
  const audited = auditOf(picture, {
    ...settings,
    states,
    baseline,
    thresholds: {
      expiringWithinDays: options.expiringWithin,
      unusedForDays: options.unusedFor,
      neverUsedForDays: options.neverUsedFor,
    },
  });
  await writeOutputs(audited, states, options);
  await post(audited, options);
  process.stdout.write(
    formattedAudit(audited, options.format, { ...outputOptionsOf(options), ...terminal() }),
  );
  process.exitCode = exitCodeOf(audited, options);
}

async function post(audited: Audit, options: AuditArguments): Promise<void> {
  if (options.post === undefined) return;
  const project = options.post === true ? process.env["CI_PROJECT_ID"] : options.post;
  if (!project) {
    throw new CodedError(
      "missing-project",
      "--post needs a project where no job has one: --post platform/audits.",
    );
  }
  const gitlab = clientOf(options, { token: process.env["GLSA_AUDIT_TOKEN"]?.trim() ?? "" });
  try {
    const name = options.name ?? scopeName(audited.picture);
    const { label, done } = await postIssue(audited, gitlab, { project, name });
    process.stderr.write(`${label}: ${done}\n`);
  } finally {
    await gitlab.close();
  }
}

function scopeName({ scope, instance }: Picture): string {
  return scope.kind === "instance" ? instance.url : scope.path;
}

function settingsOf(path: string | undefined) {
  if (path === undefined) {
    const { ignore } = auditSettingsOfFolder(process.cwd());
    return { policy: policyOfFolder(process.cwd()).policy, ignore };
  }
  const { policy, audit: audited } = readConfig(path);
  return { policy: policyOf(policy ?? {}), ignore: audited.ignore };
}

async function baselineOf(
  path: string | undefined,
  { instance }: Picture,
): Promise<Baseline | undefined> {
  if (path === undefined) return undefined;
  try {
    return parseBaseline(await readInput(path), instance.url);
  } catch (failure) {
    if (!(failure instanceof BaselineError)) throw failure;
    throw new CodedError(
      "unusable-baseline",
      `The baseline ${path} cannot be used. ${failure.message}`,
    );
  }
}

async function writeOutputs(
  audited: Audit,
  states: readonly State[],
  options: AuditArguments,
): Promise<void> {
  const { writeBaseline, html, evidence } = options;
  for (const { format, path } of options.output) {
    await writeReport(
      path,
      formattedAudit(audited, format, { ...outputOptionsOf(options), all: true }),
    );
  }
  if (html !== undefined) await writeReport(html, pageOf(audited, states));
  if (evidence !== undefined) {
    const files = evidenceOf(audited, { "estate.html": pageOf(audited, states) });
    for (const [name, text] of Object.entries(files))
      await writeInFolder(join(evidence, name), text);
  }
  if (writeBaseline === undefined) return;
  await writeReport(writeBaseline, writtenBaseline(audited.findings, audited.picture.instance.url));
}

function pageOf(audited: Audit, states: readonly State[]): string {
  return estatePage(audited.picture, audited.findings, {
    version: VERSION,
    schedules: schedulesOf(states),
    remarks: notJudgedSentences(audited),
  });
}

function outputOptionsOf({ name, file, all }: AuditArguments) {
  return { file, all, ...(name !== undefined && { title: name }) };
}

const RANK = { note: 0, warning: 1, error: 2, never: 3 } as const;

function exitCodeOf({ picture, findings }: Audit, { failOn }: AuditArguments): number {
  if (!picture.isComplete) return EXIT.incomplete;
  const open = openFindings(findings);
  if (open.some(({ severity }) => RANK[severity] >= RANK[failOn])) return EXIT.stop;
  return open.length > 0 ? EXIT.changes : EXIT.nothing;
}

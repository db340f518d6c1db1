import { isAbsolute, relative, sep } from "node:path";
import { Command, Option } from "commander";
import { policyOfFolder, readConfig } from "../../config";
import { utcDate } from "../../model";
import { policyOf, type Policy } from "../../model/policy";
import { reviewPage } from "../../page";
import { otherThanRotations, readPlan, type Review } from "../../review";
import {
  changesAnything,
  FORMATS,
  formatted,
  formattedStacks,
  othersSentence,
  sentenceOf,
  shown,
  type Format,
  type OutputOptions,
  type StackReview,
} from "../../review/outputs";
import { postReview, postStacks, type Posted } from "../../review/posting";
import { EXIT } from "../exit-codes";
import { readInput } from "../read-input";
import { terminal } from "../terminal";
import { VERSION } from "../version";
import { fileToWrite, writeReport } from "../write-report";
import { expectedBy, tellComparison } from "./review-expect";
import { namedPlans } from "./review-stacks";
import { targetArguments } from "./review-targets";
import { outputAdder, type Output } from "../output-option";
import { CodedError } from "../../model/code";

interface ReviewArguments {
  readonly format: Format;
  readonly output: readonly Output<Format>[];
  readonly summary?: boolean;
  readonly html?: string;
  readonly config?: string;
  readonly failOn: "error" | "warning" | "never";
  readonly only?: "rotations";
  readonly targets?: boolean;
  readonly null?: boolean;
  readonly expect?: string;
  readonly runAs?: string;
  readonly post?: boolean;
  readonly name?: string;
  readonly file?: string;
}

const AFTER_HELP = `
Examples:
  terraform plan -out plan.bin && terraform show -json plan.bin >plan.json
  glsa review plan.json
  glsa review plan.json --post --output gitlab-terraform=tfplan.json
  glsa review staging=staging.json production=production.json --post
  pulumi preview --json --show-sames | glsa review -

  Plan only the rotations and revocations that are due:
  glsa review plan.json --targets --null | xargs -0 -r terraform plan -out due.bin

Exit codes:
  0  the plan changes nothing
  1  the plan failed, or glsa could not read or post it
  2  the plan changes something
  3  findings of the severity of --fail-on, with --only rotations anything else, or with
     --expect anything that was not reviewed`;

/** `glsa review`: what a plan does to service accounts, for people, merge requests and pipelines. */
export function reviewCommand(): Command {
  return new Command("review")
    .description("tell what a plan of Terraform, OpenTofu or Pulumi does to service accounts")
    .argument(
      "<plan...>",
      "the plan as JSON, from terraform show -json or pulumi preview --json; - reads what is piped in. Several make one report: name=path",
    )
    .addOption(
      new Option("-f, --format <format>", "what to print").choices(FORMATS).default("text"),
    )
    .addOption(
      new Option("-o, --output <format=path>", "also write a file; may be given several times")
        .argParser(outputAdder(FORMATS, "markdown=review.md"))
        .default([], "none"),
    )
    .option("--summary", "print one line, for chats (--format summary)")
    .option("--html <path>", "also write one page to look at", fileToWrite)
    .addOption(
      new Option("--fail-on <severity>", "exit with 3 on findings from this severity on")
        .choices(["error", "warning", "never"])
        .default("error"),
    )
    .addOption(
      new Option("--only <what>", "exit with 3 if the plan does anything else").choices([
        "rotations",
      ]),
    )
    .option(
      "--targets",
      "print, instead of the review, the arguments by which the engine applies only what is due",
    )
    .option("--null", "with --targets: end each with a null character, for xargs -0")
    .option(
      "--config <path>",
      "the file with the policy; default: every glsa.config.json from here upwards",
    )
    .option(
      "--run-as <username>",
      "the account whose token applies the plan: what the plan takes from it is a finding",
    )
    .option(
      "--expect <what>",
      "exit with 3 if the plan does more or other than was reviewed: a digest, the path of a review as JSON, note for the merge request's, anything for no comparison",
    )
    .option("--post", "put the review on this job's merge request or pull request")
    .option("--name <name>", "the stack in headings and of the note; default: the job's name")
    .option("--file <path>", "the file that reports show findings at; default: the plan")
    .addHelpText("after", AFTER_HELP)
    .action(review);
}

async function review(plans: readonly string[], given: ReviewArguments): Promise<void> {
  const options = given.summary ? { ...given, format: "summary" as const } : given;
  const [plan = "-", ...more] = plans;
  if (more.length > 0) return reviewStacks(plans, options);
  const read = await readFrom(plan, options);
  const outputOptions = outputOptionsOf(plan, options);
  for (const { format, path } of options.output) {
    await writeReport(path, formatted(read, format, outputOptions));
  }
  if (options.html !== undefined) {
    await writeReport(options.html, reviewPage(read, { ...outputOptions, version: VERSION }));
  }
  if (read.errored && options.targets) throw new CodedError("errored-plan", ERRORED);
  process.stdout.write(
    options.targets
      ? targetArguments(read, options.null ? "\0" : "\n")
      : formatted(read, options.format, { ...outputOptions, ...terminal() }),
  );
  process.exitCode = exitCodeOf(read, options);
  await compareWithReviewed(read, options);
  if (options.post) {
    const posted = await postReview(read, process.env, options.name);
    process.stderr.write(`${postedSentence(posted)}\n`);
  }
}

async function readFrom(plan: string, { config, runAs }: ReviewArguments): Promise<Review> {
  const options = { today: utcDate(new Date()), policy: policyFrom(config), runAs };
  return readPlan(await readInput(plan), options);
}

/** Several plans as one report, and one note. */
async function reviewStacks(plans: readonly string[], options: ReviewArguments): Promise<void> {
  if (options.html !== undefined || options.targets || options.only !== undefined) {
    throw new CodedError("one-plan-only", "--html, --targets and --only take one plan at a time.");
  }
  const stacks: StackReview[] = [];
  for (const { name, path } of namedPlans(plans)) {
    stacks.push({ name, review: await readFrom(path, options) });
  }
  const outputOptions = outputOptionsOf(namedPlans(plans)[0]?.path ?? "-", options);
  for (const { format, path } of options.output) {
    await writeReport(path, formattedStacks(stacks, format, outputOptions));
  }
  const printed = formattedStacks(stacks, options.format, { ...outputOptions, ...terminal() });
  process.stdout.write(printed);
  const codes: number[] = [];
  for (const { name, review: read } of stacks) {
    process.exitCode = exitCodeOf(read, options);
    await compareWithReviewed(read, { ...options, name });
    codes.push(process.exitCode);
  }
  process.exitCode = worstOf(codes);
  if (options.post) {
    const posted = await postStacks(stacks, process.env, options.name);
    process.stderr.write(`${postedSentence(posted)}\n`);
  }
}

function worstOf(codes: readonly number[]): number {
  const order: readonly number[] = [EXIT.failed, EXIT.stop, EXIT.changes];
  return order.find((code) => codes.includes(code)) ?? EXIT.nothing;
}

/** What was not reviewed stops the pipeline, whatever else was found. */
async function compareWithReviewed(read: Review, { expect, name }: ReviewArguments): Promise<void> {
  if (expect === undefined || expect === "anything" || read.errored) return;
  if (!tellComparison(read, await expectedBy(expect, name))) process.exitCode = EXIT.stop;
}

function postedSentence({ label, done }: Posted): string {
  const sentences: Readonly<Record<Posted["done"], string>> = {
    created: `Wrote a note on ${label}.`,
    edited: `Edited the note on ${label}.`,
    unchanged: `The note on ${label} says it already.`,
    "nothing to say": `Wrote no note on ${label}: the plan changes nothing.`,
  };
  return sentences[done];
}

function policyFrom(path: string | undefined): Policy {
  if (path === undefined) return policyOfFolder(process.cwd()).policy;
  return policyOf(readConfig(path).policy ?? {});
}

function outputOptionsOf(plan: string, { name, file }: ReviewArguments): OutputOptions {
  return { file: file ?? fileOf(plan), ...(name !== undefined && { title: name }) };
}

/** The plan as viewers of reports want it: a path below the repository. */
function fileOf(plan: string): string {
  const path = relative(process.cwd(), plan);
  const isBelow = plan !== "-" && !path.startsWith("..") && !isAbsolute(path);
  return isBelow ? path.split(sep).join("/") : "plan.json";
}

const ERRORED =
  "The plan failed half-way: what it shows is not all that would change, and its log says why.";

function exitCodeOf(read: Review, { only, failOn }: ReviewArguments): number {
  if (read.errored) {
    process.stderr.write(`${ERRORED}\n`);
    return EXIT.failed;
  }
  const others = only === undefined ? [] : othersThanRotations(read);
  if (others.length > 0) {
    process.stderr.write(`${["The plan does more than rotate:", ...others].join("\n  ")}\n`);
    return EXIT.stop;
  }
  const counts = read.findings.filter(
    ({ severity }) => failOn === "warning" || severity === failOn,
  );
  if (counts.length > 0) return EXIT.stop;
  return changesAnything(read) ? EXIT.changes : EXIT.nothing;
}

/** What a night must leave to a person, a line each. */
function othersThanRotations(read: Review): string[] {
  const changes = otherThanRotations(read).map(
    (change) => `${shown(change.address, "line")}: ${sentenceOf(change, "line")}`,
  );
  const others = othersSentence(read.others);
  return others === undefined ? changes : [...changes, others];
}

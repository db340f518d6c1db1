import { shown, shownJson } from "../../review/outputs";
import { isForTonight, type StackStatus } from "../stacks";

export const STACK_FORMATS = ["text", "json", "github-matrix", "gitlab-pipeline"] as const;
export type StackFormat = (typeof STACK_FORMATS)[number];

/** Where a child pipeline takes its job from. */
export interface PipelineOptions {
  /** A file of the project. */
  readonly include: string;
  /** The job in it that each stack's job extends. */
  readonly extends: string;
}

const FORMAT_VERSION = "1.0";

export function formattedStatuses(
  all: readonly StackStatus[],
  format: StackFormat,
  options: PipelineOptions,
): string {
  switch (format) {
    case "text":
      return stacksText(all);
    case "json":
      return shownJson({ format_version: FORMAT_VERSION, stacks: all });
    case "github-matrix":
      return `${JSON.stringify({ include: tonight(all) })}\n`;
    case "gitlab-pipeline":
      return gitlabPipeline(all, options);
  }
}

function tonight(all: readonly StackStatus[]): { stack: string; folder: string }[] {
  return all.filter(isForTonight).map(({ name, folder }) => ({ stack: name, folder }));
}

function stacksText(all: readonly StackStatus[]): string {
  return all.map((each) => `${shown(each.name, "line")}: ${inWords(each)}\n`).join("");
}

function inWords({ due, waiting, expiring, next, failure }: StackStatus): string {
  if (failure !== null) return `UNREADABLE: ${shown(failure, "line")}`;
  const words = [
    due === 0 ? "nothing is due" : `${due} due`,
    ...(waiting === 0 ? [] : [`${waiting} of them waited for this run`]),
    ...(expiring === 0 ? [] : [`${expiring} expiring`]),
    ...(next === null ? [] : [`next on ${next}`]),
  ];
  return words.join(", ");
}

/** JSON is YAML. A pipeline must have a job. */
function gitlabPipeline(
  all: readonly StackStatus[],
  { include, extends: job }: PipelineOptions,
): string {
  const stacks = tonight(all);
  if (stacks.length === 0) {
    return `${JSON.stringify({ "nothing is due": { script: ["echo 'Nothing is due.'"] } }, null, 2)}\n`;
  }
  const jobs = stacks.map(({ stack, folder }) => [
    `rotate: ${stack}`,
    { extends: job, variables: { GLSA_STACK_NAME: literal(stack), GLSA_FOLDER: literal(folder) } },
  ]);
  return `${JSON.stringify({ include: [{ local: include }], ...Object.fromEntries(jobs) }, null, 2)}\n`;
}

/** GitLab expands `$NAME` in the values of variables. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}

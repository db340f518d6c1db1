import type { PlanReading } from "./objects/planned-resource";
import { unknownOps } from "./pulumi/ops";
import { readPulumiPreview } from "./pulumi/read";
import { unknownActions } from "./terraform/actions";
import { readTerraformPlan } from "./terraform/read";
import type { UnknownAction } from "./unknown-action";
import { UnreadablePlanError } from "./unreadable-plan-error";

const SHOW = "terraform show -json PLANFILE";
const PREVIEW = "pulumi preview --json";
const WANTED = `Give the output of "${SHOW}", "tofu show -json PLANFILE" or "${PREVIEW}".`;

/** The major version of Terraform's plan format that is read here; another one may mean something else. */
const FORMAT = 1;

/** Recognises what a text is, and reads it. */
export function readingOf(text: string): PlanReading {
  const document = parsedPlan(text);
  if ("steps" in document && "resource_changes" in document) throw oddEntry("steps");
  if ("steps" in document || isEmptyPreview(document)) {
    refuseOddEntries(document, "steps", isStep);
    refuseUnknownActions(unknownOps(document));
    return readPulumiPreview(document);
  }
  refuseStates(document);
  refuseOtherFormats(document);
  refuseOddEntries(document, "resource_changes", isChange);
  refuseOddEntries(document, "resource_drift", isChange);
  refuseUnknownActions(unknownActions(document));
  return readTerraformPlan(document);
}

/** The JSON object that a plan or a state is. */
export function parsedPlan(text: string): object {
  const content = text.replace(/^\uFEFF/, "");
  refuseOtherFiles(content);
  return asObject(parsed(content));
}

/** A preview of nothing, or one that failed early, has no steps. */
function isEmptyPreview(document: object): boolean {
  return "changeSummary" in document || "diagnostics" in document;
}

function refuseOtherFiles(content: string): void {
  if (content.trim() === "") {
    throw new UnreadablePlanError(
      `The plan is empty: the engine wrote nothing, perhaps because it failed. ${WANTED}`,
    );
  }
  if (content.startsWith("PK\u0003\u0004")) {
    throw new UnreadablePlanError(
      `This is the plan file itself, which only its engine can read. Run "${SHOW}" first (or "tofu show -json PLANFILE"), and give its output.`,
    );
  }
  if (content.includes("\u0000")) {
    throw new UnreadablePlanError(
      `This is not text in UTF-8. A shell may have written it in another encoding: let it write UTF-8. ${WANTED}`,
    );
  }
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    if (isStream(content)) throw streamError(content);
    if (isMixed(content)) throw mixedError(content);
    throw new UnreadablePlanError(`This is not JSON, or only a part of it. ${WANTED}`);
  }
}

/** Both engines have a form with one JSON object a line, for those who watch a run. */
function isStream(content: string): boolean {
  const [first = ""] = content.split("\n", 1);
  return first.startsWith("{") && first.trimEnd().endsWith("}");
}

function streamError(content: string): UnreadablePlanError {
  if (content.startsWith('{"sequence"')) {
    return new UnreadablePlanError(
      `This is Pulumi's stream of events, which does not hold the plan as a whole. Unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW, and give the output of "${PREVIEW}".`,
    );
  }
  return new UnreadablePlanError(
    `This is an engine's log with one message a line, as "plan -json" writes it. Save the plan with "-out=PLANFILE", and give the output of "${SHOW}".`,
  );
}

/** A wrapper around the engine, or a shell's trace, wrote before or behind the plan. */
function isMixed(content: string): boolean {
  const begin = /\{\s*"(format_version|steps|config|duration)"/.exec(content)?.index;
  if (begin === undefined) return false;
  try {
    return isObject(JSON.parse(objectAt(content, begin)));
  } catch {
    return false;
  }
}

/** From a brace to the one that closes it; to the end, where none does. */
function objectAt(content: string, begin: number): string {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}]/gsu;
  tokens.lastIndex = begin;
  let depth = 0;
  for (let found = tokens.exec(content); found !== null; found = tokens.exec(content)) {
    if (found[0] === "{") depth += 1;
    if (found[0] === "}") depth -= 1;
    if (depth === 0) return content.slice(begin, tokens.lastIndex);
  }
  return content.slice(begin);
}

function mixedError(content: string): UnreadablePlanError {
  const isWrapped = content.includes("[command]");
  const remedy = isWrapped
    ? "The wrapper of hashicorp/setup-terraform does so: set terraform_wrapper: false."
    : "Write the engine's own output into the file, without a wrapper, a log or its error output (2>&1).";
  return new UnreadablePlanError(
    `The plan is mixed with other output, so that it cannot be trusted to be whole. ${remedy} ${WANTED}`,
  );
}

function asObject(value: unknown): object {
  if (isObject(value)) return value;
  throw new UnreadablePlanError(`This is JSON, but no plan. ${WANTED}`);
}

function refuseStates(document: object): void {
  const isPlan = "planned_values" in document || "resource_changes" in document;
  const isShown = "format_version" in document && !isPlan;
  const isFile = "serial" in document && "lineage" in document;
  if (isShown || isFile) {
    throw new UnreadablePlanError(
      `This is a state, which says what is, and not what would change. Save a plan with "terraform plan -out=PLANFILE", and give the output of "${SHOW}".`,
    );
  }
  if ("deployment" in document) {
    throw new UnreadablePlanError(
      `This is a stack's state, which says what is, and not what would change. Give the output of "${PREVIEW}".`,
    );
  }
}

function refuseOtherFormats(document: object): void {
  const version: unknown = "format_version" in document ? document.format_version : undefined;
  if (typeof version !== "string") {
    throw new UnreadablePlanError(`This is JSON, but no plan: it has no format_version. ${WANTED}`);
  }
  const [major] = version.split(".");
  if (major === String(FORMAT)) return;
  throw new UnreadablePlanError(
    `The plan has the format ${JSON.stringify(version)}; this release reads ${FORMAT}.x. Use a newer glsa, or an older engine.`,
  );
}

/** What is shaped otherwise was not written by an engine, and a part of it must not pass for all. */
function refuseOddEntries(
  document: object,
  name: string,
  isSound: (entry: object) => boolean,
): void {
  const list = (document as { readonly [key: string]: unknown })[name] ?? [];
  if (!Array.isArray(list)) throw oddEntry(name);
  const at = list.findIndex((entry) => !isObject(entry) || !isSound(entry));
  if (at >= 0) throw oddEntry(`${name}[${at}]`);
}

/** A reader that takes an action it does not know for none would say that nothing happens. */
function refuseUnknownActions(unknown: readonly UnknownAction[]): void {
  const [first] = unknown;
  if (first === undefined) return;
  const { action, address } = first;
  const more = unknown.length === 1 ? "" : `, and ${unknown.length - 1} more like it`;
  throw new UnreadablePlanError(
    `The plan holds an action that this release does not know: ${JSON.stringify(action)} of ${JSON.stringify(address)}${more}. Use a newer glsa, or an older engine.`,
  );
}

function oddEntry(place: string): UnreadablePlanError {
  return new UnreadablePlanError(
    `This is no plan that an engine wrote: ${place} is not what it should be. ${WANTED}`,
  );
}

function isChange(entry: object): boolean {
  const { address, type, change } = entry as {
    address?: unknown;
    type?: unknown;
    change?: unknown;
  };
  const isNamed = typeof address === "string" && typeof type === "string";
  return isNamed && isObject(change) && "actions" in change && Array.isArray(change.actions);
}

function isStep(entry: object): boolean {
  const { op, urn, oldState, newState } = entry as { [key: string]: unknown };
  const isState = (state: unknown) => state == null || (isObject(state) && "type" in state);
  return (
    typeof op === "string" && typeof urn === "string" && isState(oldState) && isState(newState)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

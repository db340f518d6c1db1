import type { UtcDate } from "../../model";
import {
  judge,
  openQuestions,
  type Facts,
  type Finding,
  type Policy,
  type Removals,
} from "../../model/policy";
import type { AccountGroup } from "../accounts/accounts";
import { differingAttributes } from "../changes/by-itself";
import type { PlannedObject } from "../objects/planned-object";
import type { Action } from "../objects/planned-resource";
import type { NotJudged } from "../review";
import { factsOf } from "./facts";
import { ownLossFacts } from "./own-losses";

export interface Judging {
  readonly policy: Policy;
  /** The day that exceptions are read on. */
  readonly today: UtcDate;
  /** The username of the account whose token applies the plan. */
  readonly runAs?: string | undefined;
}

/** What the rules say of what a plan creates and changes, and of all that it removes; errors first. */
export function findingsOf(groups: readonly AccountGroup[], judging: Judging): Finding[] {
  const found = groups.flatMap((group) =>
    group.objects.flatMap((object) => objectFindings(object, group, judging)),
  );
  const objects = groups.flatMap((group) => group.objects);
  const run: Facts = { kind: "run", removals: removalsAmong(objects), total: objects.length };
  const own = ownLossFacts(groups, judging.runAs).flatMap((facts) => judged(facts, judging));
  const all = [...found, ...judged(run, judging), ...own];
  return [...all.filter(isError), ...all.filter((finding) => !isError(finding))];
}

const APPLIED: readonly Action[] = ["create", "update", "replace", "create-and-forget"];

/** What only the apply can judge of what a plan creates and changes. */
export function notJudged(groups: readonly AccountGroup[], judging: Judging): NotJudged[] {
  const { policy, today } = judging;
  return groups.flatMap((group) =>
    group.objects
      .filter(({ resource: { action, isDrift } }) => !isDrift && APPLIED.includes(action))
      .flatMap((object) => {
        const facts = factsOf(object, group, today) ?? [];
        const isJudgedAtApply = object.resource.type.startsWith("glsa_");
        return openQuestions([facts].flat(), policy, { stage: "review", today }).map(
          (question) => ({
            ...question,
            isJudgedAtApply,
          }),
        );
      }),
  );
}

function objectFindings(object: PlannedObject, group: AccountGroup, judging: Judging): Finding[] {
  const { action } = object.resource;
  if (action === "delete" || action === "forget") return [];
  if (action === "none" && !object.resource.isImported) return [];
  const facts = factsOf(object, group, judging.today);
  if (facts === undefined) return [];
  return judged(facts, judging).map((finding) =>
    isDeclared(finding, object) ? finding : { ...finding, severity: "warning" as const },
  );
}

function judged(facts: Facts, { policy, today }: Judging): readonly Finding[] {
  return judge([facts], policy, { stage: "review", today }).findings;
}

/** How the official provider calls what rules speak of. */
const OTHER_NAMES: { readonly [attribute: string]: string } = {
  role: "access_level",
  rotation: "rotation_configuration",
};

/**
 * A due token is replaced even if the policy became stricter since: only changes of the declaration, or a new import,
 * are errors.
 */
function isDeclared({ attribute }: Finding, { resource }: PlannedObject): boolean {
  if (resource.isImported) return true;
  if (resource.isDrift) return false;
  if (resource.action !== "update" || attribute === null) return true;
  const names = differingAttributes(resource);
  return names.includes(attribute) || names.includes(OTHER_NAMES[attribute] ?? attribute);
}

function removalsAmong(objects: readonly PlannedObject[]): Removals {
  const removed = objects.filter(isRemoved);
  const count = (kind: PlannedObject["kind"]) =>
    removed.filter((each) => each.kind === kind).length;
  return { accounts: count("account"), tokens: count("token"), memberships: count("membership") };
}

/** Accounts that are kept when they are destroyed are not removed. */
function isRemoved(object: PlannedObject): boolean {
  const { action } = object.resource;
  if (object.resource.isDrift || (action !== "delete" && action !== "replace")) return false;
  return object.kind !== "account" || object.before?.onDestroy !== "retain";
}

function isError({ severity }: Finding): boolean {
  return severity === "error";
}

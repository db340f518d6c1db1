import type { UtcDate } from "../model";
import { DEFAULT_POLICY, type Policy } from "../model/policy";
import { Accounts, type AccountGroup } from "./accounts/accounts";
import { isByItself } from "./changes/by-itself";
import { dueAndEdited, soonestFirst } from "./changes/due";
import { objectChanges } from "./changes/object-changes";
import { sortedAccounts, sortedChanges } from "./changes/order";
import { apart } from "./objects/apart";
import { plannedObject } from "./objects/planned-objects";
import type { PlanReading } from "./objects/planned-resource";
import { plannedActions } from "./planned-actions";
import { findingsOf, notJudged, type Judging } from "./policy/findings";
import { readingOf } from "./reading";
import type { AccountReview, Change, Review } from "./review";

export interface ReviewOptions {
  /** The day that the policy's exceptions are read on, YYYY-MM-DD in UTC. */
  readonly today: UtcDate;
  /** Defaults to what applies without a policy. */
  readonly policy?: Policy;
  /** The username of the account whose token applies the plan; what the plan takes from it is a finding. */
  readonly runAs?: string | undefined;
}

/**
 * What the plan in a file does to service accounts.
 * @param text `terraform show -json PLANFILE`, `tofu show -json PLANFILE` or `pulumi preview --json`
 * @throws UnreadablePlanError for anything else
 */
export function readPlan(text: string, options: ReviewOptions): Review {
  return reviewOf(readingOf(text), judgingOf(options));
}

/** What a run for rotations alone goes by. */
export interface DuePlan {
  readonly review: Review;
  /** The engine's names of the tokens that may be applied by themselves, those that end first in front. */
  readonly targets: readonly string[];
  /** Those that are due and were edited as well, so that they wait for a person. */
  readonly edited: readonly string[];
}

/** The same, with what is due in it. */
export function readDuePlan(text: string, options: ReviewOptions): DuePlan {
  const whole = readingOf(text);
  const { resources } = apart(whole);
  return {
    review: reviewOf(whole, judgingOf(options)),
    targets: soonestFirst(resources.filter(isByItself)).map(({ address }) => address),
    edited: resources
      .map(plannedObject)
      .filter(dueAndEdited)
      .map(({ resource }) => resource.address),
  };
}

function judgingOf({ today, policy = DEFAULT_POLICY, runAs }: ReviewOptions): Judging {
  return { today, policy, runAs };
}

function reviewOf(whole: PlanReading, judging: Judging): Review {
  const reading = apart(whole);
  const objects = reading.resources.map(plannedObject);
  const groups = new Accounts(objects, reading).all();
  const accounts = groups.map((group) => accountReview(group, reading));
  return {
    engine: reading.engine,
    accounts: sortedAccounts(accounts.filter(({ changes }) => changes.length > 0)),
    findings: findingsOf(groups, judging),
    notJudged: notJudged(groups, judging),
    errored: reading.errored,
    others: reading.others,
    planned: plannedActions(whole.resources, whole.others),
    remarks: reading.remarks,
    rotationTargets: reading.resources.filter(isByItself).map(({ address }) => address),
  };
}

function accountReview(
  { label, owner, objects }: AccountGroup,
  reading: PlanReading,
): AccountReview {
  const changes = objects.flatMap((object) => objectChanges(object, reading.goneMeanwhile));
  return { account: label, ...(owner !== undefined && { owner }), changes: sortedChanges(changes) };
}

/** The changes of service accounts that a run for rotations alone must leave to a person. */
export function otherThanRotations({ accounts }: Review): Change[] {
  return accounts.flatMap(({ changes }) => changes.filter(({ effect }) => effect !== "routine"));
}

import { destinationIn } from "../../destinations/entry";
import { rotationReasonInWords, type RotationReason } from "../../model";
import { isUnknown, warning, type Diagnostic } from "../../provider/contract";
import { openDestinationWarning, revokedWarning } from "./validate";
import { retirementPolicy, retirementOfPrevious } from "./rotation";
import { reasonsForNewToken, type Standing } from "./reasons";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { waitingWarning } from "./turn";

/** Repeats the attributes' information in words, for readers of the engine's output. */
export function planWarnings(
  standing: Standing,
  postponed: readonly RotationReason[],
  context: Context,
): Diagnostic[] {
  return [
    ...expiredWarning(standing, context),
    ...heldWarnings(standing, context),
    ...postponedWarning(standing, postponed, context),
    ...turnWarning(standing, context),
    ...undeliveredWarning(standing, context),
    ...openDestinationWarning(standing),
    ...revokedWarning(standing),
  ];
}

/** What an import or a moved block leaves open, and an empty plan would not show. */
function undeliveredWarning(standing: Standing, context: Context): Diagnostic[] {
  const { proposed, prior, memory } = standing;
  const { deliver_to: destinations } = proposed;
  const isNew = reasonsForNewToken(standing).all.length > 0;
  const isDelivered = destinations === null || isUnknown(destinations) || destinations.length === 0;
  if (!memory?.imported || isNew || isDelivered) return [];
  const untilThen = destinations.flatMap((entry) => {
    const note = isUnknown(entry) ? undefined : destinationIn(entry)?.record.beforeDelivery;
    return note === undefined ? [] : [` ${note}`];
  });
  return [
    warning(
      "undelivered-token",
      `Token "${prior.name}" is delivered from its first rotation on`,
      `Token ${prior.token_id} of ${accountLabel(prior.service_account_id, context)} was created elsewhere, so glsa does not know its value: ` +
        `the destinations in deliver_to receive nothing before the next one.${[...new Set(untilThen)].join("")} To deliver earlier, change keepers after this apply.`,
      ["deliver_to"],
    ),
  ];
}

/** One dead token must not stop the whole run, so it is an error only if it is being changed. */
function expiredWarning({ config, prior }: Standing, context: Context): Diagnostic[] {
  const isChanged = config.expires_at !== prior.valid_until;
  if (prior.status !== "expired" || config.rotation !== null || isChanged) return [];
  return [
    warning(
      "token-expired",
      `Token "${prior.name}" has expired`,
      `Token ${prior.token_id} of ${accountLabel(prior.service_account_id, context)} stopped working on ${prior.valid_until}. ` +
        `Write a later expires_at to create and deliver a new one.`,
      ["expires_at"],
    ),
  ];
}

function heldWarnings({ prior, memory }: Standing, context: Context): Diagnostic[] {
  if (memory?.observed == null) return [];
  const now = new Date(memory.observed.at);
  const policy = retirementPolicy(prior.rotation);
  return (prior.previous ?? [])
    .filter((entry) => ["held", "overdue"].includes(retirementOfPrevious(entry, policy, now)))
    .map((entry) =>
      warning(
        "old-token-in-use",
        `Token ${entry.token_id}, an old one of "${prior.name}", is still in use`,
        `Token ${entry.token_id} of ${accountLabel(prior.service_account_id, context)} is ${entry.note}. Find its consumer, and give it the delivered value.`,
        ["previous"],
      ),
    );
}

function turnWarning(standing: Standing, context: Context): Diagnostic[] {
  const { waitsSince } = reasonsForNewToken(standing);
  return waitsSince === undefined ? [] : [waitingWarning(standing.prior, waitsSince, context)];
}

function postponedWarning(
  { prior }: Standing,
  reasons: readonly RotationReason[],
  context: Context,
): Diagnostic[] {
  if (reasons.length === 0) return [];
  const alive = [prior.token_id, ...(prior.previous ?? []).map((entry) => entry.token_id)];
  return [
    warning(
      "rotation-waits",
      `The rotation of token "${prior.name}" waits`,
      `It is ${reasons.map(rotationReasonInWords).join("; ")}, but tokens ${alive.join(", ")} of ${accountLabel(prior.service_account_id, context)} are all alive and ` +
        `were recently used. It continues as soon as one of them is revoked.`,
      ["previous"],
    ),
  ];
}

import { isGitLabError, type NewTokenEntity, type TokenFields } from "../../gitlab";
import { repeat } from "../../http";
import { markDescription, scopeName } from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import { deliverEverywhere, type FailedDelivery } from "./delivery-round";
import { repeatedDestination, sharedDestination } from "./foresee-destinations";
import type { Generation } from "./generation-facts";
import { OvertakenError } from "./overtaken";
import { holdDestination, isSamePlace } from "./destinations";
import { verifyToken } from "./verify";

export interface MadeGeneration {
  readonly token: NewTokenEntity;
  /** Destinations that may not hold the new value, while others do and cannot be put back. */
  readonly failures: readonly FailedDelivery[];
  /** Whether a creation before this one may have taken effect unseen. */
  readonly wasRetried: boolean;
}

const MINT_PAUSES = [0, 1000, 3000];

/**
 * Makes a token and brings its value to every destination: check, create, verify, deliver, read back. When a step
 * fails, what was delivered is put back and the new token is revoked, so that everything is as before. Where that
 * cannot be, the new token stays, and so does the old one.
 */
export async function makeGeneration(
  generation: Generation,
  context: Context,
): Promise<MadeGeneration> {
  await checkDestinations(generation, context);
  const { token, wasRetried } = await mint(generation, context);
  context.inventory.tokens.forget(generation.account);
  // A run that is told to stop now would leave a token that nobody holds.
  const failures = await context.gitlab.finish(() => bringToUse(token, generation, context));
  return { token, failures, wasRetried };
}

async function bringToUse(
  token: NewTokenEntity,
  generation: Generation,
  context: Context,
): Promise<readonly FailedDelivery[]> {
  try {
    refuseOtherExpiry(token, generation);
    await verifyToken(token, generation.account, context);
    return await deliverEverywhere(token, generation, context);
  } catch (cause) {
    // The run that went on meanwhile takes it for somebody's, and retires it.
    if (cause instanceof OvertakenError) throw cause;
    await revokeAgain(token.id, generation, context, cause);
    throw cause;
  }
}

async function checkDestinations(generation: Generation, context: Context): Promise<void> {
  const { marker, destinations } = generation;
  for (const [at, { destination, deliveredBefore }] of destinations.entries()) {
    const first = destinations.findIndex((placed) => isSamePlace(placed.destination, destination));
    if (first < at) {
      throw new DiagnosticError(repeatedDestination(destination.label, first, at));
    }
    if (!holdDestination(destination, marker.key, context)) {
      throw new DiagnosticError(sharedDestination(destination.label, at));
    }
    await destination.check({ key: marker.key, deliveredBefore });
  }
}

/**
 * A creation whose answer was lost left a token whose value nobody will ever know. It is made once more; the lost one
 * is found by its marker, and retires like any old token.
 */
async function mint(
  generation: Generation,
  context: Context,
): Promise<{ token: NewTokenEntity; wasRetried: boolean }> {
  const fields: TokenFields = {
    name: generation.name,
    description: markDescription(generation.description, {
      ...generation.marker,
      ...generation.origin,
    }),
    scopes: generation.scopes.map(scopeName),
    ...(generation.expiresAt !== null && { expires_at: generation.expiresAt }),
  };
  const repetition = {
    pauses: MINT_PAUSES,
    mayMend: (cause: unknown) => isGitLabError(cause) && cause.mayHaveTakenEffect,
    isStopped: () => context.stopped,
  };
  return repeat(repetition, async (before) => {
    const token = await context.gitlab.tokens.create(generation.account, fields);
    return { token, wasRetried: before > 0 };
  });
}

/** Where an instance enforces expiry, it sets a date of its own without a word. */
function refuseOtherExpiry(token: NewTokenEntity, { expiresAt, name }: Generation): void {
  if (token.expires_at === expiresAt) return;
  if (expiresAt !== null) {
    const detail = `expires_at ${expiresAt} was asked for, and the token would expire ${token.expires_at ?? "never"}. It was revoked.`;
    throw new DiagnosticError(
      error("other-expiry", `GitLab gave token "${name}" another expiry`, detail, ["expires_at"]),
    );
  }
  throw new DiagnosticError(
    error(
      "expiry-enforced",
      `Token "${name}" cannot be without expiry here`,
      `never_expires = true was asked for, but GitLab set ${token.expires_at}: the setting ` +
        `service_access_tokens_expiration_enforced of the instance or top-level group is on (on the Free tier always). ` +
        `The token was revoked. Write expires_at, or have the setting turned off.`,
      ["never_expires"],
    ),
  );
}

/** Nobody holds the token, so nothing is lost with it. */
async function revokeAgain(
  tokenId: number,
  { account, name }: Generation,
  context: Context,
  because: unknown,
): Promise<void> {
  try {
    await context.gitlab.tokens.revoke(account, tokenId);
    context.inventory.tokens.dropActive(tokenId);
  } catch (cause) {
    throw new DiagnosticError(
      error(
        "token-left-over",
        `Token ${tokenId}, made for "${name}", is left over`,
        `${detailOf(because) ?? String(because)} The new token of ${accountLabel(account, context)} was delivered nowhere, and ` +
          `revoking it failed too: ${detailOf(cause) ?? String(cause)} The next apply finds it by its marker and retires it.`,
      ),
    );
  }
}

import { isGitLabError, type NewTokenEntity, type TokenFields } from "../../gitlab";
import { repeat } from "../../http";
import { asRequested, markDescription, scopeName } from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import {
  deliverEverywhere,
  type FailedDelivery,
  type Generation,
  OvertakenError,
} from "./delivery-round";
import { repeatedDestination, sharedDestination } from "./foresee-destinations";
import { holdDestination, isSamePlace } from "./destinations";
import { verifyToken } from "./verify";

export interface MadeGeneration {
  readonly token: NewTokenEntity;
  /** Destinations that may not hold the new value, while others do and cannot be put back. */
  readonly failures: readonly FailedDelivery[];
  /** Whether an earlier attempt may have created a token without a response. */
  readonly wasRetried: boolean;
}

const MINT_PAUSES = [0, 1000, 3000];

/**
 * Creates a token and delivers its value to every destination: check, create, verify, deliver, read back. If a step
 * fails, the previous values are put back and the new token is revoked, so that everything is as before. If that is not
 * possible, both the new and the old token stay alive.
 */
export async function makeGeneration(
  generation: Generation,
  context: Context,
): Promise<MadeGeneration> {
  await checkDestinations(generation, context);
  const { token, wasRetried } = await mint(generation, context);
  context.inventory.tokens.forget(generation.account);
  // A run that is stopped now would leave a token that no consumer holds.
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
    // The run that continued meanwhile treats it as a leftover, and revokes it.
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
 * If the response of a creation was lost, the token's value is lost too. The creation is repeated once. The lost token
 * is found by its marker and revoked like any old token.
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
    ...(generation.scopes === null
      ? { granular_scopes: asRequested(generation.permissions ?? []) }
      : { scopes: generation.scopes.map(scopeName) }),
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

/** An instance that enforces expiry sets its own date without an error. */
function refuseOtherExpiry(token: NewTokenEntity, { expiresAt, name }: Generation): void {
  if (token.expires_at === expiresAt) return;
  if (expiresAt !== null) {
    const detail = `expires_at ${expiresAt} was requested, but the token would expire ${token.expires_at ?? "never"}. It was revoked.`;
    throw new DiagnosticError(
      error("other-expiry", `GitLab gave token "${name}" another expiry`, detail, ["expires_at"]),
    );
  }
  throw new DiagnosticError(
    error(
      "expiry-enforced",
      `Token "${name}" must have an expiry here`,
      `never_expires = true was requested, but GitLab set ${token.expires_at}: the setting ` +
        `service_access_tokens_expiration_enforced of the instance or top-level group is on (on the Free tier always). ` +
        `The token was revoked. Write expires_at, or have the setting turned off.`,
      ["never_expires"],
    ),
  );
}

/** No consumer holds the token, so revoking it is safe. */
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
        `Token ${tokenId}, created for "${name}", is left over`,
        `${detailOf(because) ?? String(because)} The new token of ${accountLabel(account, context)} was not delivered anywhere, and ` +
          `revoking it failed too: ${detailOf(cause) ?? String(cause)} The next apply finds it by its marker and revokes it.`,
      ),
    );
  }
}

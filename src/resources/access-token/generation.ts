import { setTimeout as sleep } from "node:timers/promises";
import { DeliveryError, type Restore } from "../../delivery";
import { isGitLabError, type NewTokenEntity, type TokenFields } from "../../gitlab";
import {
  fingerprint,
  formatAccountId,
  markDescription,
  scopeName,
  type AccountId,
  type Marker,
} from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import type { Context } from "../shared/context";
import { sharedDestination } from "./foresee";
import type { PlacedDestination } from "./destinations";

export interface Generation {
  readonly account: AccountId;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly string[];
  /** Null for a token that never expires. */
  readonly expiresAt: string | null;
  readonly marker: Marker;
  readonly destinations: readonly PlacedDestination[];
}

const VERIFY_PAUSES = [0, 250, 500, 1000, 2000, 4000];

/**
 * Makes a token and brings its value to every destination: check, create, verify, deliver, read back. When a step
 * fails, what was delivered is put back and the new token is revoked, so that everything is as before.
 */
export async function makeGeneration(
  generation: Generation,
  context: Context,
): Promise<NewTokenEntity> {
  await checkDestinations(generation, context);
  const token = await mint(generation, context);
  context.inventory.tokens.forget(generation.account);
  const undo: Restore[] = [];
  try {
    refuseOtherExpiry(token, generation);
    await verify(token, context);
    await deliver(token, generation, undo, context);
    return token;
  } catch (cause) {
    await restore(undo, generation.account, token.id, context);
    throw cause;
  }
}

async function checkDestinations(generation: Generation, context: Context): Promise<void> {
  const { marker, destinations } = generation;
  for (const [at, { destination, deliveredBefore }] of destinations.entries()) {
    if (!context.claims.holdDestination(destination.address, marker.key)) {
      throw new DiagnosticError(sharedDestination(destination.label, at));
    }
    await destination.check({ key: marker.key, deliveredBefore });
  }
}

async function mint(generation: Generation, context: Context): Promise<NewTokenEntity> {
  const fields: TokenFields = {
    name: generation.name,
    description: markDescription(generation.description, generation.marker),
    scopes: generation.scopes.map(scopeName),
    ...(generation.expiresAt !== null && { expires_at: generation.expiresAt }),
  };
  return context.gitlab.tokens.create(generation.account, fields);
}

/** Where an instance enforces expiry, it sets a date of its own without a word. */
function refuseOtherExpiry(token: NewTokenEntity, { expiresAt, name }: Generation): void {
  if (token.expires_at === expiresAt) return;
  if (expiresAt !== null) {
    const detail = `expires_at ${expiresAt} was asked for, and the token would expire ${token.expires_at ?? "never"}. It was revoked.`;
    throw new DiagnosticError(
      error(`GitLab gave token "${name}" another expiry`, detail, ["expires_at"]),
    );
  }
  throw new DiagnosticError(
    error(
      `Token "${name}" cannot be without expiry here`,
      `never_expires = true was asked for, but GitLab set ${token.expires_at}: the setting ` +
        `service_access_tokens_expiration_enforced of the instance or top-level group is on (on the Free tier always). ` +
        `The token was revoked. Write expires_at, or have the setting turned off.`,
      ["never_expires"],
    ),
  );
}

/** Replicas may lag behind the creation, so a refusal is asked again for a few seconds. */
async function verify(token: NewTokenEntity, context: Context): Promise<void> {
  const asToken = context.gitlab.withToken(token.token);
  try {
    for (const [attempt, pause] of VERIFY_PAUSES.entries()) {
      await sleep(pause);
      try {
        await asToken.tokens.self();
        return;
      } catch (cause) {
        const isLast = attempt === VERIFY_PAUSES.length - 1;
        if (isLast || !isGitLabError(cause, "unauthorized")) throw cause;
      }
    }
  } finally {
    await asToken.close();
  }
}

async function deliver(
  token: NewTokenEntity,
  { destinations, marker }: Generation,
  undo: Restore[],
  context: Context,
): Promise<void> {
  const newValue = { value: token.token, tokenId: token.id, marker };
  const delivered = { tokenId: token.id, fingerprint: fingerprint(token.token) };
  // Those that can be put back go first, so that a later failure costs nothing.
  const ordered = [...destinations].sort(
    (left, right) => Number(right.destination.canRestore) - Number(left.destination.canRestore),
  );
  for (const { destination } of ordered) {
    // An old address of this token may be removing its value there at this moment.
    const restoreOne = await context.claims.exclusively(destination.address, () =>
      destination.deliver(newValue),
    );
    undo.push(restoreOne ?? cannotRestore(destination.label));
    const seen = await destination.observe(delivered);
    if (seen.kind === "value_changed" || seen.kind === "missing") {
      throw new DeliveryError(
        destination.label,
        "it does not hold the value that was just delivered",
        "Something else writes to it at the same time. Find out what, and apply again.",
      );
    }
  }
}

function cannotRestore(label: string): Restore {
  return () =>
    Promise.reject(
      new DeliveryError(label, "what it held before cannot be read", "It holds the new value now."),
    );
}

/** A token whose value may still be read somewhere must not be revoked. */
async function restore(
  undo: readonly Restore[],
  account: AccountId,
  tokenId: number,
  context: Context,
): Promise<void> {
  try {
    for (const restoreOne of [...undo].reverse()) await restoreOne();
  } catch (cause) {
    throw new DiagnosticError(
      error(
        `Token ${tokenId} of ${formatAccountId(account)} is left over`,
        `A delivery failed, and what was delivered before it could not be put back: ` +
          `${cause instanceof Error ? cause.message : String(cause)}. Token ${tokenId} stays active, since something may ` +
          `use it already. Apply again to deliver a new one everywhere, then revoke it.`,
      ),
    );
  }
  await context.gitlab.tokens.revoke(account, tokenId);
}

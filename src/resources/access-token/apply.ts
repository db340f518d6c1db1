import type { NewTokenEntity } from "../../gitlab";
import {
  fingerprint,
  formatTokenId,
  markerKey,
  parseAccountId,
  type AccountId,
  type Marker,
} from "../../model";
import {
  DiagnosticError,
  error,
  type ApplyResult,
  type CreateRequest,
  type DeleteRequest,
  type Diagnostic,
  type UpdateRequest,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { accountIdErrors } from "../shared/problems";
import { refuseWhenStopped } from "../shared/stopping";
import { identityOf, placeDestination, type PlacedDestination } from "./destinations";
import { expiryErrors } from "./foresee";
import { makeGeneration } from "./generation";
import { fromPrivateState, toPrivateState, type TokenMemory } from "./private-state";
import { tokenIdOf } from "./read";
import { revokeToken } from "./revoke";
import type { AccessTokenAttributes, AccessTokenState } from "./schema";

type Result = ApplyResult<AccessTokenAttributes>;

export async function createAccessToken(
  { planned }: CreateRequest<AccessTokenAttributes>,
  context: Context,
): Promise<Result> {
  refuseWhenStopped(context);
  const wanted = planned as AccessTokenState;
  const account = parseAccountId(wanted.service_account_id);
  if (account === undefined)
    throw new DiagnosticError(...accountIdErrors(wanted.service_account_id));
  const key = keyOf(wanted, context);
  return attempt(`Cannot make token "${wanted.name}" of ${wanted.service_account_id}`, async () => {
    const made = await newGeneration({ wanted, account, marker: { key, generation: 1 } }, context);
    const id = formatTokenId({ account, tokenId: made.token.id });
    return { state: { ...made.state, id }, private: toPrivateState(made.memory) };
  });
}

export async function updateAccessToken(
  request: UpdateRequest<AccessTokenAttributes>,
  context: Context,
): Promise<Result> {
  refuseWhenStopped(context);
  const { prior } = request;
  return attempt(`Cannot change token "${prior.name}" of ${prior.service_account_id}`, () =>
    request.planned.generation === prior.generation
      ? changeSettings(request, context)
      : replaceToken(request, context),
  );
}

/** The new token lives at every destination before the old one dies. */
async function replaceToken(
  { prior, planned, private: privateState }: UpdateRequest<AccessTokenAttributes>,
  context: Context,
): Promise<Result> {
  const wanted = planned as AccessTokenState;
  const { account, tokenId } = tokenIdOf(prior);
  const memory = fromPrivateState(privateState);
  const key = memory?.key || keyOf(wanted, context);
  const marker = { key, generation: wanted.generation ?? 1 };
  const made = await newGeneration({ wanted, account, marker, prior, memory }, context);
  const result = { state: made.state, private: toPrivateState(made.memory) };
  try {
    await removeDropped(prior, wanted, memory, context);
    return { ...result, diagnostics: await revokeToken(account, tokenId, context) };
  } catch (cause) {
    return { ...result, diagnostics: [oldTokenLeft(tokenId, cause)] };
  }
}

/** The new token works everywhere, so the state must know it; only the old one's end is left to do. */
function oldTokenLeft(tokenId: number, cause: unknown): Diagnostic {
  const why = cause instanceof Error ? cause.message : String(cause);
  return error(
    `Token ${tokenId} was replaced but is still active`,
    `The new token is made and delivered, but revoking the old one failed: ${why}. Revoke token ${tokenId} by hand.`,
  );
}

interface Making {
  readonly wanted: AccessTokenState;
  readonly account: AccountId;
  readonly marker: Marker;
  readonly prior?: AccessTokenState;
  readonly memory?: TokenMemory;
}

interface Made {
  readonly token: NewTokenEntity;
  readonly state: AccessTokenState;
  readonly memory: TokenMemory;
}

async function newGeneration(making: Making, context: Context): Promise<Made> {
  const { wanted, account, marker, prior, memory } = making;
  // The plan may be days old.
  const stale = await expiryErrors(wanted, context);
  if (stale.length > 0) throw new DiagnosticError(...stale);
  const destinations = await placeAll(wanted, prior, memory, context);
  const token = await makeGeneration(
    {
      account,
      name: wanted.name,
      description: wanted.description,
      scopes: wanted.scopes,
      expiresAt: wanted.never_expires ? null : wanted.expires_at,
      marker,
      destinations,
    },
    context,
  );
  return {
    token,
    state: stateOf(wanted, token),
    memory: {
      key: marker.key,
      destinations: destinations.map(({ containerId }) => ({ containerId, changed: null })),
      imported: false,
    },
  };
}

function stateOf(wanted: AccessTokenState, token: NewTokenEntity): AccessTokenState {
  return {
    ...wanted,
    token_id: token.id,
    created_at: token.created_at,
    fingerprint: fingerprint(token.token),
    value: wanted.store_value ? token.token : null,
  };
}

/** Everything that needs no new value: settings of destinations, and destinations given up. */
async function changeSettings(
  { prior, planned, private: privateState }: UpdateRequest<AccessTokenAttributes>,
  context: Context,
): Promise<Result> {
  const wanted = planned as AccessTokenState;
  const memory = fromPrivateState(privateState);
  if (memory?.imported) {
    return {
      state: wanted,
      private: toPrivateState({ ...memory, imported: false, destinations: [] }),
    };
  }
  await removeDropped(prior, wanted, memory, context);
  const placed = await placeAll(wanted, prior, memory, context);
  const before = new Map((prior.deliver_to ?? []).map((entry) => [identityOf(entry), entry]));
  for (const [at, entry] of (wanted.deliver_to ?? []).entries()) {
    const same = JSON.stringify(before.get(identityOf(entry))) === JSON.stringify(entry);
    if (!same) await placed[at]?.destination.applySettings();
  }
  const destinations = placed.map(({ containerId }) => ({ containerId, changed: null }));
  const key = memory?.key ?? keyOf(wanted, context);
  return { state: wanted, private: toPrivateState({ key, destinations, imported: false }) };
}

export async function deleteAccessToken(
  { prior, private: privateState }: DeleteRequest<AccessTokenAttributes>,
  context: Context,
): Promise<Diagnostic[]> {
  refuseWhenStopped(context);
  const { account, tokenId } = tokenIdOf(prior);
  const summary = `Cannot remove token "${prior.name}" of ${prior.service_account_id}`;
  return attempt(summary, async () => {
    // Power ends first; what is left lying about afterwards opens nothing.
    const diagnostics = await revokeToken(account, tokenId, context);
    const empty = { ...prior, deliver_to: null };
    await removeDropped(prior, empty, fromPrivateState(privateState), context);
    return diagnostics;
  });
}

/** Takes the value from the destinations that are no longer declared. */
async function removeDropped(
  prior: AccessTokenState,
  wanted: AccessTokenState,
  memory: TokenMemory | undefined,
  context: Context,
): Promise<void> {
  const kept = new Set((wanted.deliver_to ?? []).map(identityOf));
  for (const [at, entry] of (prior.deliver_to ?? []).entries()) {
    if (kept.has(identityOf(entry))) continue;
    const placed = await placeDestination(entry, memory?.destinations[at], context);
    if (placed.keepOnDestroy) continue;
    await context.claims.exclusively(placed.destination.address, () =>
      placed.destination.remove({ tokenId: prior.token_id ?? 0, fingerprint: prior.fingerprint }),
    );
  }
}

function placeAll(
  wanted: AccessTokenState,
  prior: AccessTokenState | undefined,
  memory: TokenMemory | undefined,
  context: Context,
): Promise<PlacedDestination[]> {
  const before = (prior?.deliver_to ?? []).map(identityOf);
  return Promise.all(
    (wanted.deliver_to ?? []).map((entry) =>
      placeDestination(entry, memory?.destinations[before.indexOf(identityOf(entry))], context),
    ),
  );
}

function keyOf(wanted: AccessTokenState, { stack }: Context): string {
  if (stack === null) throw new Error("a token was planned without a stack");
  return markerKey({ accountId: wanted.service_account_id, stack, tokenName: wanted.name });
}

import { identityOf } from "../../destinations/entry";
import { decide, overlapsFrom } from "../../model";
import {
  error,
  isUnknown,
  type ApplyResult,
  type Diagnostic,
  type UpdateRequest,
} from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt, detailOf } from "../shared/failures";
import { refuseWhenStopped } from "../shared/stopping";
import { tokenIdOf } from "./identity";
import { placeAll, removeDropped, type PlacedDestination, settledIds } from "./destinations";
import { deliveryCode } from "./delivery-round";
import { lookAtHoldings } from "./observe";
import { claimOfKey, keyOf, ownerOf } from "./ownership";
import { serverNow } from "../shared/server-clock";
import { policyOf, retirementPolicy, rotationDateOf, inOverlap, withState } from "./rotation";
import { fromPrivateState, toPrivateState, type TokenMemory } from "./private-state";
import { renew } from "./renew";
import { withSpelling } from "./respelling";
import { retire, takeStock, without } from "./old-tokens";
import { seenSituation } from "./situation";
import { tidyDestinations } from "./tidy";
import type { AccessTokenAttributes, AccessTokenState, PreviousToken } from "./schema";

type Request = UpdateRequest<AccessTokenAttributes>;
type Result = ApplyResult<AccessTokenAttributes>;

export async function updateAccessToken(request: Request, context: Context): Promise<Result> {
  refuseWhenStopped(context);
  const { prior } = request;
  return attempt(
    `Cannot change token "${prior.name}" of ${accountLabel(prior.service_account_id, context)}`,
    () => updateRespelt(request, context),
  );
}

async function updateRespelt(request: Request, context: Context): Promise<Result> {
  const memory = fromPrivateState(request.private);
  const { deliver_to: written } = request.planned;
  const prior = await withSpelling(request.prior, written, memory, context);
  const planned = {
    ...request.planned,
    destination_ids: settledIds(request.planned, prior),
  };
  return planned.generation === prior.generation
    ? keepToken({ ...request, prior, planned }, context)
    : replaceToken({ ...request, prior, planned }, context);
}

/** As soon as the new token works everywhere, the state must contain it, whatever else fails. */
async function replaceToken(request: Request, context: Context): Promise<Result> {
  const { prior } = request;
  // The plan holds the description that GitLab has.
  const planned = { ...request.planned, description: request.config.description ?? "" };
  const { account } = tokenIdOf(prior);
  const memory = fromPrivateState(request.private);
  const key = memory?.key || keyOf(planned as AccessTokenState, context);
  context.claims.claim(claimOfKey(key));
  const made = await renew({ planned, account, key, prior, memory }, context);
  const diagnostics: Diagnostic[] = [...made.diagnostics];
  for (const { cause } of made.failures) {
    const told = error(
      deliveryCode([cause]),
      `Token ${made.token.id} of "${prior.name}" did not reach ${cause.destination}`,
      `${detailOf(cause)} It is alive and so are the older tokens. The next apply delivers a new one everywhere; nothing is revoked before.`,
      ["deliver_to"],
    );
    diagnostics.push(told);
  }
  try {
    await removeDropped(prior, made.state, memory, context);
  } catch (cause) {
    diagnostics.push(notRemoved(prior, cause));
  }
  const state = { ...made.state, description: (request.planned as AccessTokenState).description };
  return { state, private: toPrivateState(made.memory), diagnostics };
}

function notRemoved(prior: AccessTokenState, cause: unknown): Diagnostic {
  return error(
    "destination-not-cleared",
    `An old destination of token "${prior.name}" still holds a value`,
    `${detailOf(cause) ?? String(cause)} Remove it by hand; the token in it is revoked after its overlap.`,
    ["deliver_to"],
  );
}

/** Everything that needs no new value: settings, removed destinations, and old tokens that are due for revocation. */
async function keepToken(request: Request, context: Context): Promise<Result> {
  const { prior, planned } = request;
  const wanted = planned as AccessTokenState;
  const memory = fromPrivateState(request.private);
  const rotatesAt = isUnknown(planned.rotates_at)
    ? lateRotationDate(wanted, memory)
    : planned.rotates_at;
  if (memory?.imported) {
    const adopted = { ...memory, imported: false, destinations: [] };
    const state = { ...wanted, rotates_at: rotatesAt, previous: prior.previous };
    return { state, private: toPrivateState(adopted) };
  }
  await removeDropped(prior, wanted, memory, context);
  const placed = await placeAll(wanted, prior, memory, context);
  await applySettings(prior, wanted, placed);
  const { previous, diagnostics } = isUnknown(planned.previous)
    ? await retirePrevious(request, memory, placed, context)
    : { previous: prior.previous, diagnostics: [] };
  return {
    state: { ...wanted, rotates_at: rotatesAt, previous },
    private:
      memory === undefined ? null : toPrivateState(withDestinations(memory, prior, wanted, placed)),
    diagnostics,
  };
}

/** If a duration was not known in the plan. */
function lateRotationDate(
  { rotation, valid_until: validUntil }: AccessTokenState,
  memory: TokenMemory | undefined,
): string | null {
  const policy = policyOf(rotation);
  return policy === undefined ? null : rotationDateOf(policy, memory, validUntil);
}

async function applySettings(
  prior: AccessTokenState,
  wanted: AccessTokenState,
  placed: readonly PlacedDestination[],
): Promise<void> {
  const before = new Map((prior.deliver_to ?? []).map((entry) => [identityOf(entry), entry]));
  for (const [at, entry] of (wanted.deliver_to ?? []).entries()) {
    const same = JSON.stringify(before.get(identityOf(entry))) === JSON.stringify(entry);
    if (!same) await placed[at]?.destination.applySettings();
  }
}

async function retirePrevious(
  { prior, planned }: Request,
  memory: TokenMemory | undefined,
  placed: readonly PlacedDestination[],
  context: Context,
): Promise<{ previous: PreviousToken[]; diagnostics: Diagnostic[] }> {
  const { account, tokenId } = tokenIdOf(prior);
  const { rotation, revoke_now: leaked } = planned as AccessTokenState;
  const policy = retirementPolicy(rotation);
  const stock = await takeStock(account, ownerOf(memory?.key ?? "", memory), prior, context);
  const { holdings, doubts } = await lookAtHoldings(placed, prior, []);
  const ownTokenId = (await context.gitlab.ownTokenId()) ?? null;
  const now = await serverNow(context);
  const situation = seenSituation({
    now,
    policy,
    stock,
    presentId: tokenId,
    holdings,
    leaked,
    untouchable: new Set(),
    isFurtherPlanned: false,
  });
  const { revoke, release } = decide(situation);
  const retired = await retire(account, revoke, context);
  const overlaps = overlapsFrom(now, policy, { replaced: release, strays: [] });
  const previous = without(stock, retired.revoked).previous.map((entry) =>
    withState(inOverlap(entry, overlaps.get(entry.token_id ?? 0)), policy, now, ownTokenId),
  );
  const living = [
    tokenId,
    ...previous.map(({ token_id: id }) => id),
    ...stock.strays.map(({ id }) => id),
  ];
  const tidied = await tidyDestinations(placed, living, context);
  return { previous, diagnostics: [...doubts, ...retired.diagnostics, ...tidied] };
}

/** The observations and failures of destinations that are kept remain valid. */
function withDestinations(
  memory: TokenMemory,
  prior: AccessTokenState,
  wanted: AccessTokenState,
  placed: readonly PlacedDestination[],
): TokenMemory {
  const before = (prior.deliver_to ?? []).map(identityOf);
  const destinations = (wanted.deliver_to ?? []).map((entry, at) => {
    const known = memory.destinations[before.indexOf(identityOf(entry))];
    const containerId = placed[at]?.containerId ?? null;
    return {
      containerId,
      delivered: known?.delivered ?? false,
      changed: known?.changed ?? null,
      failed: known?.failed ?? null,
      ...(known?.contents && { contents: known.contents }),
    };
  });
  return { ...memory, destinations };
}

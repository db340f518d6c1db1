import { destinationIn, labelOf } from "../../destinations/entry";
import { holdsUnknown, isUnknown, type PrivateState } from "../../provider/contract";
import type { Addressing, KnownObject, TakenName } from "../one-address/with-one-address";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { sharedDestination } from "./foresee-destinations";
import { claimOfKey } from "./ownership";
import { fromPrivateState } from "./private-state";
import type {
  AccessTokenAttributes,
  AccessTokenConfig,
  AccessTokenState,
  DeliveryState,
} from "./schema";

export const accessTokenAddressing: Addressing<AccessTokenAttributes> = {
  names: takenDestinations,
  ofState: knownToken,
};

/** By their spelling, which is known even if the account is not. The plan compares what the spellings mean. */
function takenDestinations({ deliver_to: entries }: AccessTokenConfig): TakenName[] {
  if (entries === null || isUnknown(entries)) return [];
  const taken = new Map<string, TakenName>();
  for (const [at, entry] of entries.entries()) {
    if (holdsUnknown(entry)) continue;
    const name = spelledDestination(entry as DeliveryState);
    if (name === undefined || taken.has(name.key)) continue;
    taken.set(name.key, { name: name.key, refusal: sharedDestination(name.label, at) });
  }
  return [...taken.values()];
}

function spelledDestination(entry: DeliveryState): { key: string; label: string } | undefined {
  const named = destinationIn(entry);
  if (named === undefined) return undefined;
  const label = labelOf(named, (value) =>
    typeof value === "string" ? value : JSON.stringify(value),
  );
  return { key: `${named.kind} ${named.record.spelling?.(named.written) ?? label}`, label };
}

function knownToken(
  { id, name, service_account_id: account }: AccessTokenState,
  privateState: PrivateState | null,
  context: Context,
): KnownObject | undefined {
  const key = fromPrivateState(privateState)?.key ?? "";
  if (id === null) return undefined;
  return {
    object: `token ${id}`,
    claim: key === "" ? `token ${id}` : claimOfKey(key),
    label: `token "${name}" of ${accountLabel(account, context)}`,
  };
}

import { resolve } from "node:path";
import { holdsUnknown, isUnknown, type PrivateState } from "../../provider/contract";
import type { Addressing, KnownObject, TakenName } from "../one-address/with-one-address";
import { containerSpelling } from "../shared/container-attributes";
import type { DeliveryState } from "./delivery-schema";
import { identityOf } from "./destinations";
import { sharedDestination } from "./foresee-destinations";
import { claimOfKey } from "./key";
import { fromPrivateState } from "./private-state";
import type { AccessTokenAttributes, AccessTokenConfig, AccessTokenState } from "./schema";

export const accessTokenAddressing: Addressing<AccessTokenAttributes> = {
  names: takenDestinations,
  ofState: knownToken,
};

/** By their spelling, which is known also where the account is not; the plan compares what they mean. */
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
  const { ci_variable: variable, file, vault, command } = entry;
  if (variable !== null) {
    const place = containerSpelling(variable);
    if (place === undefined) return undefined;
    const where = `${place.kind} ${place.spelling.replace(/^\/+|\/+$/g, "").toLowerCase()}`;
    const key = `variable ${where} ${variable.key} ${variable.environment_scope ?? "*"}`;
    return { key, label: `CI/CD variable "${variable.key}" of ${place.kind} "${place.spelling}"` };
  }
  if (file !== null) return { key: `file ${resolve(file.path)}`, label: `the file ${file.path}` };
  if (vault !== null) {
    return { key: `vault ${identityOf(entry)}`, label: `the Vault secret "${vault.path}"` };
  }
  if (command === null) return undefined;
  return { key: `command ${identityOf(entry)}`, label: `the command ${command.argv[0]}` };
}

function knownToken(
  { id, name, service_account_id: account }: AccessTokenState,
  privateState: PrivateState | null,
): KnownObject | undefined {
  const key = fromPrivateState(privateState)?.key ?? "";
  if (id === null) return undefined;
  return {
    object: `token ${id}`,
    claim: key === "" ? `token ${id}` : claimOfKey(key),
    label: `token "${name}" of ${account}`,
  };
}

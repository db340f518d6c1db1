import type { TokenEntity } from "../../gitlab";
import {
  formatAccountId,
  isSameStack,
  markerKey,
  mayComeFrom,
  readMarker,
  type AccountId,
} from "../../model";
import { warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";

/** What is removed with an account although no code of this state declares it, and what may still use it. */
export async function undeclaredTokens(
  id: AccountId,
  username: string,
  context: Context,
): Promise<Diagnostic[]> {
  const active = await attempt(
    `Cannot look for tokens of account "${username}" (${formatAccountId(id)})`,
    () => context.inventory.tokens.activeOf(id),
  );
  const undeclared = active.filter((token) => !isOfThisState(token, id, context));
  if (undeclared.length === 0) return [];
  return [
    warning(
      "undeclared-live-tokens",
      `Account "${username}" has live tokens that no code here declares`,
      `They end with ${formatAccountId(id)}: ${undeclared.map(describe).join("; ")}. Their consumers then lose access.`,
    ),
  ];
}

/** A token without this state's marker was created by hand, by another tool, or by another state. */
function isOfThisState(token: TokenEntity, id: AccountId, context: Context): boolean {
  const marker = readMarker(token.description ?? null);
  const { stack } = context;
  if (marker === undefined || stack === null) return false;
  const ownKey = markerKey({ accountId: formatAccountId(id), stack, tokenName: token.name });
  return isSameStack(marker.key, ownKey) && mayComeFrom(marker, context.stateName());
}

function describe({
  id,
  name,
  last_used_at: lastUse,
  last_used_ips: addresses,
}: TokenEntity): string {
  const from =
    addresses === undefined || addresses.length === 0 ? "" : ` from ${addresses.join(", ")}`;
  return `token ${id} "${name}", ${lastUse == null ? "never used" : `last used at ${lastUse}${from}`}`;
}

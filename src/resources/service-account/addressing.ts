import { formatAccountId, parseAccountId } from "../../model";
import { containerSpelling } from "../shared/container-spelling";
import type { Context } from "../shared/context";
import { known } from "../shared/problems";
import type { Addressing, KnownObject, TakenName } from "../one-address/with-one-address";
import { twoAddresses } from "../one-address/texts";
import { claimOfAccount, usernameClaim } from "./adoption";
import { foreseeRename } from "./rename";
import type { ServiceAccountAttributes, ServiceAccountConfig, ServiceAccountState } from "./schema";

export const serviceAccountAddressing: Addressing<ServiceAccountAttributes> = {
  names: takenNames,
  ofState: knownObject,
  takenOver: accountOfThatName,
  destroys: ({ on_destroy: onDestroy }) => onDestroy !== "retain",
  foresee: foreseeRename,
};

/** A username exists once per instance, whatever the owner of the account. */
function takenNames({ username: written }: ServiceAccountConfig): TakenName[] {
  const username = known(written);
  if (username === undefined) return [];
  const refusal = twoAddresses(`account "${username}"`, ["username"]);
  return [{ name: usernameClaim(username), refusal }];
}

function knownObject({ id: text, username }: ServiceAccountState): KnownObject | undefined {
  const id = parseAccountId(text ?? "");
  if (id === undefined) return undefined;
  return { object: claimOfAccount(id), label: `account "${username}" (${text})` };
}

async function accountOfThatName(
  planned: ServiceAccountConfig,
  context: Context,
): Promise<KnownObject | undefined> {
  const username = known(planned.username);
  const spelling = containerSpelling(planned);
  if (username === undefined || (spelling === undefined && known(planned.instance) !== true)) {
    return undefined;
  }
  const owner =
    spelling === undefined
      ? ({ kind: "instance" } as const)
      : await context.inventory.containers.resolve(spelling.kind, spelling.spelling);
  const existing = await context.inventory.accounts.findByUsername(owner, username);
  // The account that has it is planned to have another username by then.
  const isFreed = context.claims.isFreedBefore(username, usernameClaim(username));
  if (existing === undefined || isFreed) return undefined;
  const id = { owner, userId: existing.id };
  return { object: claimOfAccount(id), label: `account "${username}" (${formatAccountId(id)})` };
}

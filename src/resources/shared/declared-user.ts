import { parseAccountId } from "../../model";
import { known } from "./problems";

/** The user that a declaration of memberships names, as far as it is known. */
export function declaredUser(config: {
  readonly service_account_id: unknown;
  readonly user_id: unknown;
}): number | undefined {
  const account = parseAccountId(known(config.service_account_id as string | null) ?? "");
  return account?.userId ?? known(config.user_id as number | null);
}

import { supports, type Instance } from "../instance";
import type { User } from "../state/rows";

/** A service account, which shows neither its owner nor its state. */
export function serviceAccountJson(instance: Instance, account: User) {
  const { id, username, public_email, name, email, unconfirmed_email, external } = account;
  return {
    id,
    username,
    ...(supports(instance, "publicEmail") ? { public_email } : {}),
    name,
    email,
    ...(unconfirmed_email === null ? {} : { unconfirmed_email }),
    ...(supports(instance, "accountExternal") ? { external } : {}),
  };
}

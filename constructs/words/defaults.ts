import { slug } from "../../src/model";
import type { AccountOwner } from "./account-owner";
import type { IsLate } from "./late";

/**
 * The username of an account that names none: owner and construct id, as in `platform-deployer`. Undefined where
 * the owner is given by number or not known yet, since no word can be made of it.
 */
export function defaultUsername(
  owner: AccountOwner,
  constructId: string,
  isLate: IsLate,
): string | undefined {
  const { kind, container } = owner;
  if (kind === "instance") return slug(constructId);
  if (isLate(container) || typeof container !== "string" || /^\d+$/.test(container)) {
    return undefined;
  }
  return slug(`${container}-${constructId}`);
}

/** What an account's tokens say of themselves: `deploys the platform charts (platform-team)`. */
export function defaultDescription(about: {
  readonly purpose?: string;
  readonly contact?: string;
}): string | undefined {
  const { purpose, contact } = about;
  if (purpose === undefined) return contact;
  return contact === undefined ? purpose : `${purpose} (${contact})`;
}

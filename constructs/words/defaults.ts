import { slug } from "../../src/model";
import type { AccountOwner } from "./account-owner";
import type { IsLate } from "./late";

/**
 * The username of an account that declares none: owner and construct id, as in `platform-deployer`. Undefined if the
 * owner is a number or not known yet, since no name can be derived from it.
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

/** The default description of an account's tokens: `deploys the platform charts (platform-team)`. */
export function defaultDescription(about: {
  readonly purpose?: string;
  readonly contact?: string;
}): string | undefined {
  const { purpose, contact } = about;
  if (purpose === undefined) return contact;
  return contact === undefined ? purpose : `${purpose} (${contact})`;
}

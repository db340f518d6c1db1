import { error, isUnknown, warning, type Diagnostic } from "../../provider/contract";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

/** An existing token, and its declaration. */
interface Existing {
  readonly proposed: AccessTokenConfig;
  readonly prior: AccessTokenState;
}

/** Whether the value of a new token would have no destination. An unknown entry may be a destination. */
export function goesNowhere({
  deliver_to: destinations,
  store_value: isStored,
}: Pick<AccessTokenConfig, "deliver_to" | "store_value">): boolean {
  if (isUnknown(destinations) || isUnknown(isStored)) return false;
  return (destinations === null || destinations.length === 0) && isStored !== true;
}

/**
 * The value of a token from an import or a moved block was never known, so it may stay where it is until the next one.
 */
export function mayStayWhereItIs({ proposed, prior }: Existing): boolean {
  return prior.fingerprint === null && goesNowhere(proposed);
}

export function nowhereError(): Diagnostic {
  return error(
    "value-goes-nowhere",
    "The token has no destination",
    "GitLab shows a value once. Name a destination in deliver_to, or set store_value = true to keep it in the state.",
    ["deliver_to"],
  );
}

/** The problem of an existing token without a destination. */
export function nowhereErrors(existing: Existing, isNew: boolean): Diagnostic[] {
  if (!goesNowhere(existing.proposed) || (!isNew && mayStayWhereItIs(existing))) return [];
  return [nowhereError()];
}

/** The same summary for all of them, so that Terraform groups hundreds of them into one. */
export function openDestinationWarning(existing: Existing): Diagnostic[] {
  const { prior } = existing;
  if (!mayStayWhereItIs(existing) || prior.status !== "active") return [];
  return [
    warning(
      "no-destination-yet",
      "An imported token has no destination yet",
      `Token ${prior.token_id} ("${prior.name}" of ${prior.service_account_id}) was created elsewhere, so glsa does not know ` +
        "its value and leaves it where it is. The next one needs a destination: name it in deliver_to before the first rotation.",
      ["deliver_to"],
    ),
  ];
}

/** One dead token must not stop the whole run. */
export function revokedWarning(existing: Existing): Diagnostic[] {
  const { prior } = existing;
  if (!mayStayWhereItIs(existing) || prior.status !== "revoked") return [];
  return [
    warning(
      "revoked-without-destination",
      "An imported token is revoked, and the next one has no destination",
      `Token ${prior.token_id} ("${prior.name}" of ${prior.service_account_id}) no longer works. Name a destination in ` +
        "deliver_to to create and deliver a new one, or remove the declaration.",
      ["deliver_to"],
    ),
  ];
}

import { error, isUnknown, warning, type Diagnostic } from "../../provider/contract";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

/** A token that exists, and what the declaration asks of it. */
interface Existing {
  readonly proposed: AccessTokenConfig;
  readonly prior: AccessTokenState;
}

/** Whether the value of a new token would go nowhere. What is not known yet may be a destination. */
export function goesNowhere({
  deliver_to: destinations,
  store_value: isStored,
}: Pick<AccessTokenConfig, "deliver_to" | "store_value">): boolean {
  if (isUnknown(destinations) || isUnknown(isStored)) return false;
  return (destinations === null || destinations.length === 0) && isStored !== true;
}

/**
 * Of a token that an import or a moved block brought in the value was never known, so that it may stay where it is until
 * there is a next one.
 */
export function mayStayWhereItIs({ proposed, prior }: Existing): boolean {
  return prior.fingerprint === null && goesNowhere(proposed);
}

export function nowhereError(): Diagnostic {
  return error(
    "value-goes-nowhere",
    "The token's value would go nowhere",
    "GitLab shows a value once. Name a destination in deliver_to, or set store_value = true to keep it in the state.",
    ["deliver_to"],
  );
}

/** What is wrong with having no destination, of a token that exists. */
export function nowhereErrors(existing: Existing, isNew: boolean): Diagnostic[] {
  if (!goesNowhere(existing.proposed) || (!isNew && mayStayWhereItIs(existing))) return [];
  return [nowhereError()];
}

/** The same summary for all of them, by which Terraform tells hundreds as one. */
export function openDestinationWarning(existing: Existing): Diagnostic[] {
  const { prior } = existing;
  if (!mayStayWhereItIs(existing) || prior.status !== "active") return [];
  return [
    warning(
      "no-destination-yet",
      "An imported token has no destination yet",
      `Something else made token ${prior.token_id} ("${prior.name}" of ${prior.service_account_id}), so that glsa does not know ` +
        "its value and leaves it where it is. The next one needs a place: name it in deliver_to before the first rotation.",
      ["deliver_to"],
    ),
  ];
}

/** One dead token must not stop everything else. */
export function revokedWarning(existing: Existing): Diagnostic[] {
  const { prior } = existing;
  if (!mayStayWhereItIs(existing) || prior.status !== "revoked") return [];
  return [
    warning(
      "revoked-without-destination",
      "An imported token is revoked, and the next one has no destination",
      `Token ${prior.token_id} ("${prior.name}" of ${prior.service_account_id}) does not work any more. Name a destination in ` +
        "deliver_to to have a new one made and delivered, or remove the declaration.",
      ["deliver_to"],
    ),
  ];
}

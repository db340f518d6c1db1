import type { NewTokenEntity, TokenEntity } from "../../gitlab";
import { readMarker } from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import type { Generation } from "./generation-facts";
import { isMarkedWith } from "./ownership";

/** This run was suspended, or lost its lock, and another one has created a newer token of the same declaration. */
export class OvertakenError extends DiagnosticError {}

/**
 * Checked before each delivery: an older value must not overwrite a newer one, not even one that has been revoked
 * since. The older token may be near its expiry, or its overlap over.
 */
export async function refuseOvertaken(
  token: NewTokenEntity,
  { account, name, marker, origin }: Generation,
  context: Context,
): Promise<void> {
  const newest = await context.inventory.tokens.newest(account);
  const isOurs = (other: TokenEntity) =>
    isMarkedWith(other, marker.key) &&
    readMarker(other.description ?? null)?.origin === origin.origin;
  const newer = newest.find((other) => other.id > token.id && isOurs(other));
  if (newer === undefined) return;
  throw new OvertakenError(
    error(
      "overtaken-by-another-run",
      `Another run has replaced token "${name}" meanwhile`,
      `While this run was delivering token ${token.id} of ${accountLabel(account, context)}, another one created token ${newer.id}. ` +
        `Nothing of it was overwritten. Allow one run at a time, with a lock that holds; the next apply finds the ` +
        `leftover token by its marker and revokes it.`,
    ),
  );
}

import type { NewTokenEntity, TokenEntity } from "../../gitlab";
import { readMarker } from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import type { Generation } from "./generation-facts";
import { isMarkedWith } from "./ownership";

/** This run slept, or lost its lock, and another one has made a newer token of the same declaration. */
export class OvertakenError extends DiagnosticError {}

/**
 * Asked before each delivery: an older value must not take the place of a newer one, not even of one that was revoked
 * since. The older one may be near its end, or its overlap over.
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
      `While this run was delivering token ${token.id} of ${accountLabel(account, context)}, another one made token ${newer.id}. ` +
        `Nothing of it was overwritten. Let one run at a time apply, with a lock that holds; the next apply finds what is ` +
        `left over by its marker and retires it.`,
    ),
  );
}

import { identityOf } from "../../destinations/entry";
import { isUnknown, UNKNOWN } from "../../provider/contract";
import { identityIsOpen } from "./destinations";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

type Written = AccessTokenConfig["deliver_to"];
type Ids = AccessTokenConfig["destination_ids"];

/**
 * A number for each destination, in the order of `deliver_to`. A destination keeps its number however it is written, so
 * that a reader of a plan can tell a destination that is written differently from one that is replaced. The numbers
 * start at 1 for each token and do not depend on the destination itself: another machine may resolve a path or an
 * address differently.
 * @param prior written as in `written` for the same destinations
 */
export function destinationIds(
  written: Written,
  prior: Pick<AccessTokenState, "deliver_to" | "destination_ids"> | null,
): Ids {
  if (isUnknown(written)) return UNKNOWN;
  const entries = written ?? [];
  const known = prior?.deliver_to ?? [];
  const numbers = known.map((_, at) => prior?.destination_ids?.[at] ?? at + 1);
  if (known.length > 0 && entries.some((entry) => isUnknown(entry) || identityIsOpen(entry))) {
    return UNKNOWN;
  }
  const before = known.map(identityOf);
  let last = Math.max(0, ...numbers);
  return entries.map((entry) => {
    const at = isUnknown(entry) ? -1 : before.indexOf(identityOf(entry));
    return numbers[at] ?? ++last;
  });
}

/** As planned, or counted now if the plan could not do it. */
export function settledIds(
  planned: Pick<AccessTokenConfig, "deliver_to" | "destination_ids">,
  prior: AccessTokenState | null,
): AccessTokenState["destination_ids"] {
  const { deliver_to: written, destination_ids: ids } = planned;
  const settled = isUnknown(ids) ? destinationIds(written, prior) : ids;
  return settled as AccessTokenState["destination_ids"];
}

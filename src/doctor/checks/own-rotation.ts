import { daysBetween, utcDate } from "../../model";
import type { Check } from "../check";
import { fine, warning } from "../finding";

/** Days in which a person may find the time to make another token. */
const WARNED_DAYS = 30;

/** Whether the run's own token is replaced in time. */
export const ownRotation: Check = {
  name: "own-rotation",
  needs: ["own-token", "state"],
  examine: async (setup) => {
    const { gitlab } = setup;
    const details = await gitlab.ownTokenDetails().catch(() => undefined);
    if (details === undefined) return [fine("Not looked at: the token does not tell its number")];
    const { id, expires_at: end } = details;
    const { tokens } = await setup.touched();
    const declared = tokens.find(({ tokenIds }) => tokenIds.includes(id));
    const on = declared?.rotatesAt === undefined ? "" : `, next on ${declared.rotatesAt}`;
    if (declared !== undefined)
      return [fine(`${declared.address} rotates the run's own token${on}`)];
    if (end === null)
      return [fine("The run's own token never expires, and nothing here rotates it")];
    const days = daysBetween(utcDate(gitlab.client.serverDate ?? new Date()), end);
    const what = `Nothing here rotates the run's own token, which expires on ${end}, in ${days === 1 ? "1 day" : `${days} days`}`;
    if (days > WARNED_DAYS) return [fine(what)];
    const remedy =
      "Make another one and put it where this run reads it, or declare it, so that glsa rotates it (docs/pipelines.md).";
    return [warning("own-token-expires", what, remedy)];
  },
};

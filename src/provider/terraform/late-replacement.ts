import { error, warning, type Diagnostic } from "../contract";
import { isAppliedAfterRefresh } from "./engine";

/*
 * Core plans a second time inside apply. What the first plan did not know may then turn out to be something that only a
 * new object can have, and core calls any new action "a bug in the provider". Nothing in the request tells the two plans
 * apart. But a plan reads an object before it plans it, and an apply does not.
 */

/** An object that is planned to be replaced although this process has not read it. */
export interface Unread {
  readonly id: string;
  /** The attribute that only a new object can have. */
  readonly attribute: string;
}

export function lateReplacement(unread: Unread): Diagnostic {
  return isAppliedAfterRefresh() ? refusal(unread) : doubt(unread);
}

function refusal({ id, attribute }: Unread): Diagnostic {
  return error(
    "late-replacement",
    `${id} would have to be replaced`,
    `${attribute} was not known when this was planned, so that it was planned in place. Now it is another than the object ` +
      `has, and that is not what was planned. Nothing was done. Plan again: what is known by now is in the next plan.`,
    [attribute],
  );
}

function doubt({ id, attribute }: Unread): Diagnostic {
  return warning(
    "late-replacement",
    `${id} is to be replaced and was not read before`,
    `Its ${attribute} is another than in the state. If this is a plan without a refresh, that is what it plans. If the engine ` +
      `says "inconsistent final plan" beside this, ${attribute} was not known when the object was planned: nothing was done, and ` +
      `the next plan shows the replacement.`,
    [attribute],
  );
}

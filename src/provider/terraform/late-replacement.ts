import { error, warning, type Diagnostic } from "../contract";
import { isAppliedAfterRefresh } from "./engine";

/*
 * Core plans a second time inside apply. A value that the first plan did not know may then require a new object, and
 * core calls any new action "a bug in the provider". Nothing in the request distinguishes the two plans. But a plan
 * reads an object before it plans it, and an apply does not.
 */

/** An object that is planned for replacement although this process has not read it. */
export interface Unread {
  readonly id: string;
  /** The attribute that requires a new object. */
  readonly attribute: string;
}

export function lateReplacement(unread: Unread): Diagnostic {
  return isAppliedAfterRefresh() ? refusal(unread) : doubt(unread);
}

function refusal({ id, attribute }: Unread): Diagnostic {
  return error(
    "late-replacement",
    `${id} would have to be replaced`,
    `${attribute} was not known when this was planned, so an update in place was planned. Now it differs from the ` +
      `object's, which was not planned. Nothing was changed. Plan again: the next plan knows the value.`,
    [attribute],
  );
}

function doubt({ id, attribute }: Unread): Diagnostic {
  return warning(
    "late-replacement",
    `${id} is to be replaced and was not read before`,
    `Its ${attribute} differs from the state. If this is a plan without a refresh, this is the planned change. If the engine ` +
      `says "inconsistent final plan" beside this, ${attribute} was not known when the object was planned: nothing was changed, and ` +
      `the next plan shows the replacement.`,
    [attribute],
  );
}

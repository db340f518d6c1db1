import { CodedError } from "../model/code";

/** What was given is not a plan that can be reviewed. The message says what it is, and what to give instead. */
export class UnreadablePlanError extends CodedError {
  constructor(message: string) {
    super("unreadable-plan", message);
  }
}

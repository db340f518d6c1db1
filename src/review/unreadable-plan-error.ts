/** What was given is not a plan that can be reviewed. The message says what it is, and what to give instead. */
export class UnreadablePlanError extends Error {
  override readonly name = "UnreadablePlanError";
}

import { InvalidArgumentError } from "commander";
import { withCode } from "../model/code";

/** An option's value that cannot be; the message says what it must be. */
export function invalidOption(message: string): InvalidArgumentError {
  return new InvalidArgumentError(withCode(message, "invalid-option"));
}

import { CodedError } from "../model/code";

/** The run does not begin. The message says why, and the remedy. */
export class Refused extends CodedError {
  constructor(message: string) {
    super("proof-refused", message);
  }
}

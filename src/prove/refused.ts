import { CodedError } from "../model/code";

/** The run does not begin; the message says why, and what to do. */
export class Refused extends CodedError {
  constructor(message: string) {
    super("proof-refused", message);
  }
}

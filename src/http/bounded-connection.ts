import { setTimeout as sleep } from "node:timers/promises";
import { Connection, type Answer, type ConnectionOptions, type Exchange } from "./connection";
import { NoAnswer } from "./no-answer";
import { costOf, RunLimits } from "./run-limits";

/** A connection to one service whose requests and waits all count towards the limits of a run. */
export class BoundedConnection {
  private readonly connection: Connection;

  /** @param limits those of the service, where a new connection follows an earlier one */
  constructor(
    options: ConnectionOptions = {},
    private readonly limits = new RunLimits(),
  ) {
    this.connection = new Connection(options);
  }

  /** One attempt. Throws `SetupError` if nothing can be sent at all. */
  async attempt(exchange: Exchange): Promise<Answer | NoAnswer> {
    const from = Date.now();
    const problem = this.limits.problemAt(from);
    if (problem !== undefined) return new NoAnswer(problem, "beyond_limit");
    const result = await this.connection.send(exchange).catch((error: unknown) => {
      if (error instanceof NoAnswer) return error;
      throw error;
    });
    this.limits.exchanged(from, Date.now(), costOf(result));
    return result;
  }

  /** Waits before the next attempt. */
  async wait(milliseconds: number): Promise<void> {
    const from = Date.now();
    this.limits.waiting(from, from + milliseconds);
    await sleep(milliseconds);
  }
}

import {
  Connection,
  costOf,
  NoAnswer,
  RunLimits,
  SetupError,
  type Answer,
  type ConnectionOptions,
} from "../../http";
import { StoreError } from "./store-error";

type Exchange = Parameters<Connection["send"]>[0];

/** Sends requests to one service, within the limits of a run, through proxies and with certificates of the environment. */
export class BoundedConnection {
  private readonly limits = new RunLimits();
  private readonly connection: Connection;

  constructor(options: ConnectionOptions = {}) {
    this.connection = new Connection(options);
  }

  /** Throws `NoAnswer`, or a `StoreError` where nothing can be sent at all. */
  async send(exchange: Exchange): Promise<Answer> {
    const from = Date.now();
    const problem = this.limits.problemAt(from);
    if (problem !== undefined) throw new NoAnswer(problem, "beyond_limit");
    try {
      const answer = await this.connection.send(exchange);
      this.limits.exchanged(from, Date.now(), costOf(answer));
      return answer;
    } catch (error) {
      if (error instanceof SetupError) {
        throw new StoreError(error.message, { remedy: error.remedy, isLocal: true });
      }
      if (error instanceof NoAnswer) this.limits.exchanged(from, Date.now(), costOf(error));
      throw error;
    }
  }
}

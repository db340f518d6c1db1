import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection, NoAnswer, type Answer } from "../http";
import { RequestBudget, Stopped } from "./budget";
import { ListLimits } from "./list-limits";
import { DEFAULT_MAX_CONCURRENCY, type ClientSettings } from "./settings";

type Outgoing = Parameters<Connection["send"]>[0];

/** One for the process: each further storage would cost every promise of a test with many runs. */
const finishing = new AsyncLocalStorage<Transport>();

/** What all clients of one instance share, whatever token they ask with. */
export class Transport {
  /** The server's clock at its last answer; this machine's clock is never used in its place. */
  serverDate: Date | undefined;
  readonly lists = new ListLimits();

  private readonly connection: Connection;
  private readonly budget: RequestBudget;

  constructor({ caFile, caSetting = "ca_file", ...limits }: ClientSettings) {
    this.connection = new Connection({
      ...(caFile !== undefined && { certificates: { path: caFile, setting: caSetting } }),
    });
    this.budget = new RequestBudget({
      maxConcurrency: limits.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY,
      maxRequestsPerMinute: limits.maxRequestsPerMinute,
    });
  }

  /** One attempt. Throws `Stopped`, or `SetupError`. */
  send(outgoing: Outgoing): Promise<Answer | NoAnswer> {
    const isFinishing = finishing.getStore() === this;
    return this.budget.run(() => this.sendNow(outgoing), { finishing: isFinishing });
  }

  pause(milliseconds: number): Promise<void> {
    return this.budget.pause(milliseconds);
  }

  async wait(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.budget.stopped });
    } catch {
      throw new Stopped();
    }
  }

  /** The requests of this work are sent also after the run was told to stop, as long as none has to wait. */
  finish<T>(work: () => Promise<T>): Promise<T> {
    return finishing.run(this, work);
  }

  stop(): Promise<void> {
    return this.budget.stop();
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async sendNow(outgoing: Outgoing): Promise<Answer | NoAnswer> {
    try {
      const answer = await this.connection.send(outgoing);
      const date = new Date(answer.header("date") ?? "");
      if (!Number.isNaN(date.getTime())) this.serverDate = date;
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer) return error;
      throw error;
    }
  }
}

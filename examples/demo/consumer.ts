import { setTimeout as sleep } from "node:timers/promises";
import { deliveredValue, type Rest } from "./rest";

const PAUSE_MILLISECONDS = 10;

/** A pipeline that calls the API all the time. Each of its jobs keeps the value that it found when it began. */
export class Consumer {
  private calls = 0;
  private failures = 0;
  private hasEnded = false;
  private job = Promise.resolve();

  constructor(
    private readonly rest: Rest,
    private readonly url: string,
  ) {}

  /** The job before ends, and the next one begins with what is in DEPLOY_TOKEN now. */
  async beginJob(): Promise<void> {
    await this.end();
    const value = await deliveredValue(this.rest);
    this.hasEnded = false;
    this.job = this.work(value);
  }

  async end(): Promise<void> {
    this.hasEnded = true;
    await this.job;
  }

  /** How the calls of all jobs fared. */
  report(): string {
    return `The pipeline made ${this.calls} calls, and ${this.failures} failed.`;
  }

  private async work(value: string): Promise<void> {
    const headers = { "private-token": value };
    while (!this.hasEnded) {
      const { status } = await fetch(`${this.url}/api/v4/user`, { headers });
      this.calls += 1;
      if (status !== 200) this.failures += 1;
      await sleep(PAUSE_MILLISECONDS);
    }
  }
}

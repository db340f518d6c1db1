import { Client, credentials } from "@grpc/grpc-js";
import { LOG_SEVERITY, type LogRequest } from "./protocol/messages";
import { engineService } from "./protocol/services";

/** What the engine shows its user, or keeps for `--debug`. Never pass it a secret. */
export class EngineLog {
  private client: Client | undefined;
  private readonly told = new Set<string>();

  /** Until then nobody listens, and whatever is said is lost. */
  attach(address: string): void {
    this.client?.close();
    this.client = new Client(address, credentials.createInsecure());
  }

  /** Said once, however often a resource is planned in one run. */
  async write(severity: keyof typeof LOG_SEVERITY, message: string, urn: string): Promise<void> {
    const request: LogRequest = { severity: LOG_SEVERITY[severity], message, urn };
    const key = JSON.stringify(request);
    if (this.told.has(key)) return;
    this.told.add(key);
    await this.send(request);
  }

  /** An engine that does not listen must not stop the work. */
  private send(request: LogRequest): Promise<void> {
    const { client } = this;
    const method = engineService["Log"];
    if (client === undefined || method === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        () => resolve(),
      );
    });
  }
}

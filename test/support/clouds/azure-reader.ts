import { createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { SecretClient } from "@azure/keyvault-secrets";
import type { TestAzure } from "./azure";

/** A consumer, and another hand, with Azure's own client and rights of their own. */
export class AzureReader {
  constructor(private readonly azure: TestAzure) {}

  read(name: string): Promise<string | undefined> {
    return this.allowed(async () => {
      const found = await this.client()
        .getSecret(name)
        .catch(() => undefined);
      return found?.value;
    });
  }

  write(name: string, value: string): Promise<void> {
    return this.allowed(async () => void (await this.client().setSecret(name, value)));
  }

  private client(): SecretClient {
    const token = this.azure.give();
    const credential = {
      getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
    };
    // The client speaks to https alone.
    const address = "https://shop.vault.azure.net";
    return new SecretClient(address, credential, {
      httpClient: insteadOf(address, this.azure.url),
      retryOptions: { maxRetries: 0 },
    });
  }

  private async allowed<T>(work: () => Promise<T>): Promise<T> {
    const denied = [...this.azure.denied];
    this.azure.denied.clear();
    try {
      return await work();
    } finally {
      for (const each of denied) this.azure.denied.add(each);
    }
  }
}

function insteadOf(address: string, url: string): HttpClient {
  return {
    async sendRequest(request) {
      const { method, body } = request;
      const reply = await fetch(request.url.replace(address, url), {
        method,
        headers: request.headers.toJSON(),
        ...(typeof body === "string" && { body }),
      });
      const headers = createHttpHeaders(Object.fromEntries(reply.headers));
      return { request, status: reply.status, headers, bodyAsText: await reply.text() };
    },
  };
}

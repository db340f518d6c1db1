import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { NewValue } from "../../src/destinations/destination";
import { DeliveryError } from "../../src/destinations/errors";
import { VaultSecret, type VaultOptions } from "../../src/destinations/vault/implementation";
import { fingerprint } from "../../src/model";
import { TestVault } from "../support/vault";

const { VAULT_ADDR, VAULT_TOKEN } = process.env;
const REAL = VAULT_ADDR && VAULT_TOKEN ? { url: VAULT_ADDR, token: VAULT_TOKEN } : undefined;

/** What a real Vault cannot be made to do. */
export const testOnStandIn = REAL === undefined ? test : test.skip;

interface Reply {
  readonly status: number;
  readonly data: Record<string, unknown>;
  readonly auth: { readonly client_token: string } | null;
}

/** Capabilities by path. */
export type Rules = Readonly<Record<string, readonly string[]>>;

/**
 * The stand-in, or, where VAULT_ADDR and VAULT_TOKEN are set, a real Vault or OpenBao whose token may do everything.
 * Everything is set up through the API, so that the tests are the same.
 */
export class VaultUnderTest {
  namespace = "";
  /** What was made beside the secrets, to be taken away again where it would stay. */
  private readonly made: string[] = [];

  private constructor(
    readonly url: string,
    readonly rootToken: string,
    private readonly present: TestVault | undefined,
  ) {}

  static async start(): Promise<VaultUnderTest> {
    if (REAL !== undefined) return new VaultUnderTest(REAL.url, REAL.token, undefined);
    const standIn = await TestVault.start();
    return new VaultUnderTest(standIn.url, standIn.rootToken, standIn);
  }

  get standIn(): TestVault {
    if (this.present === undefined) throw new Error("this test needs the stand-in");
    return this.present;
  }

  async close(): Promise<void> {
    await this.present?.close();
    if (this.present !== undefined) return;
    for (const path of this.made.splice(0).reverse()) await this.must("DELETE", path);
  }

  /** Real time on a real Vault. */
  async pass(seconds: number): Promise<void> {
    if (this.present === undefined) await sleep(seconds * 1000);
    else this.present.advance(seconds);
  }

  async call(method: string, path: string, body?: object): Promise<Reply> {
    const isPatch = method === "PATCH";
    const response = await fetch(`${this.url}/v1/${path}`, {
      method,
      headers: {
        "x-vault-token": this.rootToken,
        ...(this.namespace !== "" && { "x-vault-namespace": this.namespace }),
        ...(isPatch && { "content-type": "application/merge-patch+json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { data, auth } = (text === "" ? {} : JSON.parse(text)) as Partial<Reply>;
    return { status: response.status, data: data ?? {}, auth: auth ?? null };
  }

  async must(method: string, path: string, body?: object): Promise<Reply> {
    if (/^sys\/(mounts|auth|policies)/.test(path) && method === "POST") this.made.push(path);
    const reply = await this.call(method, path, body);
    if (reply.status < 300) return reply;
    throw new Error(`${method} ${path}: ${reply.status}`);
  }

  /** A fresh mount, so that tests see nothing of each other. */
  async mount(version: "1" | "2" = "2"): Promise<string> {
    const mount = `glsa-test-${randomBytes(6).toString("hex")}`;
    await this.must("POST", `sys/mounts/${mount}`, { type: "kv", options: { version } });
    // A real one prepares a new engine for a moment.
    while (version === "2" && (await this.call("POST", `${mount}/config`, {})).status >= 400) {
      await sleep(50);
    }
    return mount;
  }

  async policy(rules: Rules): Promise<string> {
    const name = `glsa-test-${randomBytes(6).toString("hex")}`;
    const entries = Object.entries(rules).map(([path, capabilities]) => [path, { capabilities }]);
    const policy = JSON.stringify({ path: Object.fromEntries(entries) as object });
    await this.must("POST", `sys/policies/acl/${name}`, { policy });
    return name;
  }

  /** A token that may do this only. */
  async tokenFor(rules: Rules, ttl = "1h"): Promise<string> {
    const policies = [await this.policy(rules)];
    const { auth } = await this.must("POST", "auth/token/create", { policies, ttl });
    return auth?.client_token ?? "";
  }

  async write(mount: string, path: string, data: object): Promise<void> {
    await this.must("POST", `${mount}/data/${path}`, { data });
  }

  /** Undefined where the latest version is deleted or there is none. */
  async fields(mount: string, path: string): Promise<Record<string, unknown> | undefined> {
    const { status, data } = await this.call("GET", `${mount}/data/${path}`);
    return status === 200 ? (data["data"] as Record<string, unknown>) : undefined;
  }

  async customMetadata(mount: string, path: string): Promise<Record<string, string>> {
    const { data } = await this.call("GET", `${mount}/metadata/${path}`);
    return (data["custom_metadata"] ?? {}) as Record<string, string>;
  }

  async version(mount: string, path: string): Promise<number> {
    const { data } = await this.call("GET", `${mount}/metadata/${path}`);
    return (data["current_version"] ?? 0) as number;
  }

  secret(options: Partial<VaultOptions> & { readonly mount: string }, token?: string): VaultSecret {
    return new VaultSecret(
      {
        address: this.url,
        namespace: this.namespace,
        path: "ci/bot",
        field: "token",
        overwrite: false,
        ...options,
      },
      { VAULT_TOKEN: token ?? this.rootToken },
    );
  }
}

/** The stand-in or the real one, while the tests of a file run. */
export function useVault(): () => VaultUnderTest {
  let present: VaultUnderTest | undefined;
  beforeAll(async () => {
    present = await VaultUnderTest.start();
  });
  beforeEach(() => {
    if (REAL === undefined) present?.standIn.clearFaults();
  });
  afterAll(() => present?.close());
  return () => {
    if (present === undefined) throw new Error("there is a Vault only while a test runs");
    return present;
  };
}

export const KEY = "0123456789abcdef0123";
export const OTHER_KEY = "fedcba9876543210fedc";
export const OURS = { key: KEY, deliveredBefore: false };

/** A value that is recognised where it must not be. */
export function newValue(generation: number, key = KEY): NewValue {
  const value = `glpat-${randomBytes(20).toString("hex")}`;
  return { value, tokenId: 100 + generation, marker: { key, generation } };
}

export function deliveredBy({ value, tokenId }: NewValue) {
  return { tokenId, fingerprint: fingerprint(value) };
}

export async function failureOf(work: Promise<unknown>): Promise<DeliveryError> {
  const failure: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(DeliveryError);
  return failure as DeliveryError;
}

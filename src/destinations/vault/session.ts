import { createHash } from "node:crypto";
import { VaultClient, type VaultCall, type VaultReply } from "./client";
import { isVaultError, VaultError } from "./errors";
import { logIn } from "./log-in";
import {
  vaultAddress,
  vaultAddressError,
  vaultLogin,
  vaultNamespace,
  type Environment,
  type VaultLogin,
  type VaultServer,
} from "./settings";

/** One login at one Vault, made by the first request and shared by all destinations there. */
export class VaultSession {
  private readonly client: VaultClient;
  readonly #credentials: VaultLogin;
  #login: Promise<string> | undefined;
  /** Whether the present token was accepted for anything yet. */
  private isProven = false;
  /** Whether the token could be looked up, so that a refusal of that means its end. */
  private mayLookUp = false;
  /** False once a fresh token was refused as well: then it is the policy, not the token's age. */
  private mayRenew: boolean;

  constructor(
    readonly server: VaultServer,
    credentials: VaultLogin,
  ) {
    this.client = new VaultClient(server);
    this.#credentials = credentials;
    this.mayRenew = credentials.method !== "token";
  }

  async request(call: VaultCall): Promise<VaultReply> {
    const token = await this.token();
    try {
      return await this.send(call, token);
    } catch (error) {
      if (!isVaultError(error, "forbidden")) throw error;
      if (await this.isAlive(token)) throw error;
      if (this.mayRenew) return this.requestAnew(call, token);
      throw this.isProven && !this.mayLookUp ? this.unclear(error) : this.unusable(error);
    }
  }

  private async requestAnew(call: VaultCall, refused: string): Promise<VaultReply> {
    // Another request may have logged in anew meanwhile.
    if ((await this.token()) === refused) this.#login = undefined;
    const token = await this.token();
    try {
      return await this.send(call, token);
    } catch (error) {
      if (isVaultError(error, "forbidden")) this.mayRenew = false;
      throw error;
    }
  }

  private async send(call: VaultCall, token: string): Promise<VaultReply> {
    const reply = await this.client.call(call, token);
    this.isProven = true;
    return reply;
  }

  /** A refusal has the same words for a policy and for a token that has expired. */
  private async isAlive(token: string): Promise<boolean> {
    try {
      await this.client.call({ method: "GET", path: "auth/token/lookup-self" }, token);
      this.mayLookUp = true;
      return true;
    } catch (error) {
      if (isVaultError(error, "forbidden")) return false;
      throw error;
    }
  }

  /** A policy may forbid both, and a token that has ended may do neither. */
  private unclear(refusal: VaultError): VaultError {
    return new VaultError(
      "forbidden",
      refusal.message,
      `${refusal.remedy} Or the token has ended meanwhile, which its policies do not let be looked up (auth/token/lookup-self): set a valid one.`,
    );
  }

  private unusable(refusal: VaultError): VaultError {
    return new VaultError(
      "invalid_token",
      refusal.message,
      "Vault does not accept the token in VAULT_TOKEN: it has expired, was revoked, or belongs to another Vault or namespace. Set a valid one.",
    );
  }

  private token(): Promise<string> {
    this.#login ??= logIn(this.client, this.#credentials).catch((error: unknown) => {
      this.#login = undefined;
      throw error;
    });
    return this.#login;
  }
}

const sessions = new Map<string, VaultSession>();

export interface VaultPlace {
  readonly address: string | undefined;
  readonly namespace: string | undefined;
}

/** The process's one session for this place with the environment's credentials. */
export function vaultSession(place: VaultPlace, environment: Environment): VaultSession {
  const address = vaultAddress(place.address, environment);
  if (address === undefined) throw vaultAddressError(place.address, environment);
  const namespace = vaultNamespace(place.namespace, environment);
  const caFile = environment["VAULT_CACERT"] || undefined;
  const server = { address, namespace, caFile };
  const login = vaultLogin(environment);
  const identity = createHash("sha256")
    .update(JSON.stringify([server, login]))
    .digest("hex");
  const session = sessions.get(identity) ?? new VaultSession(server, login);
  sessions.set(identity, session);
  return session;
}

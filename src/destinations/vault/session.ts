import { isRecord } from "../../model";
import { createHash } from "node:crypto";
import { secrets } from "../../http";
import { VaultClient, type VaultCall, type VaultReply } from "./client";
import type { VaultServer } from "./server";
import { isVaultError, VaultError } from "./errors";
import {
  vaultAddress,
  vaultAddressError,
  vaultLogin,
  vaultNamespace,
  type Environment,
  type VaultLogin,
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
    // Another request may have logged in again meanwhile.
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

/** The token to ask with. */
export async function logIn(client: VaultClient, login: VaultLogin): Promise<string> {
  if (login.method === "token") return login.token;
  const path = `auth/${login.mount}/login`;
  const { auth } = await exchangeCredentials(client, login, path);
  const token = isRecord(auth) ? auth["client_token"] : undefined;
  if (typeof token === "string" && token !== "") return token;
  throw new VaultError(
    "login_refused",
    `POST ${path}: the response has no token`,
    "The login may ask for a second factor, which glsa cannot give. Use a role without it.",
  );
}

async function exchangeCredentials(
  client: VaultClient,
  login: Exclude<VaultLogin, { method: "token" }>,
  path: string,
): Promise<Readonly<Record<string, unknown>>> {
  const body = credentialsOf(login);
  try {
    const reply = await client.call({ method: "POST", path, body }, undefined);
    return reply.body;
  } catch (error) {
    if (!isVaultError(error, "bad_request", "forbidden", "no_engine")) throw error;
    throw new VaultError("login_refused", error.message, remedyFor(login));
  }
}

function credentialsOf(login: Exclude<VaultLogin, { method: "token" }>) {
  if (login.method === "AppRole") {
    const { roleId, secretId } = login;
    secrets.add(roleId, secretId);
    return { role_id: roleId, secret_id: secretId };
  }
  const { role, jwt } = login;
  secrets.add(jwt);
  return { jwt, ...(role !== undefined && { role }) };
}

function remedyFor(login: Exclude<VaultLogin, { method: "token" }>): string {
  return login.method === "AppRole"
    ? "Vault refuses the AppRole login. Check VAULT_ROLE_ID, VAULT_SECRET_ID (it may be used up or have expired) and VAULT_APPROLE_MOUNT."
    : "Vault refuses the JWT login. Check VAULT_ROLE (or VAULT_AUTH_ROLE), VAULT_AUTH_PATH, the role's bound claims and audience, and that the id token is this job's and has not expired.";
}

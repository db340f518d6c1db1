import { isRecord } from "../../gitlab";
import { secrets } from "../../http";
import type { VaultClient } from "./client";
import { isVaultError, VaultError } from "./errors";
import type { VaultLogin } from "./settings";

/** The token to ask with. */
export async function logIn(client: VaultClient, login: VaultLogin): Promise<string> {
  if (login.method === "token") return login.token;
  const path = `auth/${login.mount}/login`;
  const { auth } = await exchangeCredentials(client, login, path);
  const token = isRecord(auth) ? auth["client_token"] : undefined;
  if (typeof token === "string" && token !== "") return token;
  throw new VaultError(
    "login_refused",
    `POST ${path}: the answer holds no token`,
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

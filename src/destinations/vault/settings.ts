import { baseUrlProblem } from "../../gitlab";
import { VaultError } from "./errors";

export type Environment = Readonly<Record<string, string | undefined>>;

export type VaultLogin =
  | { readonly method: "token"; readonly token: string }
  | {
      readonly method: "AppRole";
      readonly mount: string;
      readonly roleId: string;
      readonly secretId: string;
    }
  | {
      readonly method: "JWT";
      readonly mount: string;
      /** Undefined for the auth method's own default role. */
      readonly role: string | undefined;
      readonly jwt: string;
    };

/**
 * The server's address from the declaration, else from the variables of Vault's own command line and of GitLab's
 * `secrets` keyword.
 * @see https://developer.hashicorp.com/vault/docs/commands#environment-variables
 * @see https://docs.gitlab.com/ci/secrets/hashicorp_vault/
 */
export function vaultAddress(
  declared: string | undefined,
  environment: Environment,
): string | undefined {
  const given = declared || environment["VAULT_ADDR"] || environment["VAULT_SERVER_URL"];
  if (!given || baseUrlProblem(given) !== undefined) return undefined;
  const { origin, pathname } = new URL(given.trim());
  return `${origin}${pathname.replace(/\/+$/, "").replace(/\/v1$/, "")}`;
}

export function vaultNamespace(declared: string | undefined, environment: Environment): string {
  const namespace = withoutOuterSlashes(declared ?? environment["VAULT_NAMESPACE"] ?? "");
  return namespace === "root" ? "" : namespace;
}

export function vaultAddressError(
  declared: string | undefined,
  environment: Environment,
): VaultError {
  const given = declared || environment["VAULT_ADDR"] || environment["VAULT_SERVER_URL"];
  if (!given) {
    const remedy = "Write address, or set VAULT_ADDR.";
    return new VaultError("bad_settings", "no address of a Vault is known", remedy);
  }
  return new VaultError(
    "bad_settings",
    `its address cannot be used: ${baseUrlProblem(given)}`,
    "Write the address as https://host:port.",
  );
}

/** Credentials come from the environment only: in a declaration they would stand in plans and states. */
export function vaultLogin(environment: Environment): VaultLogin {
  const { VAULT_TOKEN, VAULT_ROLE_ID, VAULT_SECRET_ID } = environment;
  if (VAULT_TOKEN) return { method: "token", token: headerValue(VAULT_TOKEN) };
  if (VAULT_ROLE_ID && VAULT_SECRET_ID) {
    const mount = withoutOuterSlashes(environment["VAULT_APPROLE_MOUNT"] || "approle");
    return { method: "AppRole", mount, roleId: VAULT_ROLE_ID, secretId: VAULT_SECRET_ID };
  }
  const jwt = environment["VAULT_JWT"] || environment["VAULT_ID_TOKEN"];
  if (jwt) {
    const mount = withoutOuterSlashes(environment["VAULT_AUTH_PATH"] || "jwt");
    const role = environment["VAULT_ROLE"] || environment["VAULT_AUTH_ROLE"] || undefined;
    return { method: "JWT", mount, role, jwt };
  }
  throw new VaultError(
    "bad_settings",
    "there is nothing to log in to Vault with",
    "Set VAULT_TOKEN; or VAULT_ROLE_ID and VAULT_SECRET_ID; or, with a role in VAULT_ROLE or VAULT_AUTH_ROLE, " +
      "VAULT_JWT or VAULT_ID_TOKEN (an id token of the GitLab job).",
  );
}

/** A token that was pasted with a line break inside could not even be sent. */
function headerValue(token: string): string {
  if (/^[!-~]+$/.test(token.trim())) return token.trim();
  throw new VaultError(
    "bad_settings",
    "VAULT_TOKEN holds characters that no token has",
    "Set it again, on one line and without spaces.",
  );
}

export function withoutOuterSlashes(path: string): string {
  return path.trim().replace(/^\/+|\/+$/g, "");
}

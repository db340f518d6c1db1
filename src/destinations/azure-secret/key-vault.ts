import { isRecord } from "../../model";
import { recordsIn, RestClient, textsIn, type Json } from "../stored/rest";
import { StoreError } from "../stored/store-error";
import { azureToken, LOGIN_REMEDY } from "./login";

const API = "api-version=7.4";
/** What reads of a secret whose newest version is disabled are refused with. */
const DISABLED = "SecretDisabled";

export type Tags = Readonly<Record<string, string>>;

export interface SecretVersion {
  readonly id: string;
  readonly tags: Tags;
  readonly isEnabled: boolean;
  /** In seconds. */
  readonly createdAt: number;
  /** In seconds; undefined where it has no end. */
  readonly expires: number | undefined;
}

export interface NewVersion {
  readonly value: string;
  readonly tags: Tags;
  readonly expires?: number | undefined;
  readonly isEnabled?: boolean;
}

/**
 * The requests that glsa makes of one secret.
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups
 */
export class KeyVault {
  private readonly client: RestClient;
  private readonly path: string;

  constructor(address: string, name: string) {
    this.path = `/secrets/${name}`;
    const scope = scopeOf(new URL(address).hostname);
    this.client = new RestClient({
      name: "Azure",
      address,
      headers: async () => ({ authorization: `Bearer ${await azureToken(scope)}` }),
      loginRemedy: LOGIN_REMEDY,
      forbiddenRemedy: ({ method, path }) => {
        const right = method === "GET" ? (path.includes("/versions?") ? "list" : "get") : "set";
        return `Allow the login of the apply to ${right} secret ${name} in ${address}; docs/delivery-services.md has a role to start from.`;
      },
      kindOf: (body) => {
        const error = body["error"];
        const inner = isRecord(error) ? error["innererror"] : undefined;
        return isRecord(inner) ? inner["code"] : undefined;
      },
    });
  }

  /** Undefined where there is no such secret; `disabled` where its newest version is, and `hidden` where it may not be read. */
  async read(): Promise<
    (SecretVersion & { readonly value: string }) | "disabled" | "hidden" | undefined
  > {
    try {
      const found = await this.client.find({ method: "GET", path: `${this.path}?${API}` });
      return found && { ...versionOf(found), value: String(found["value"] ?? "") };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (error.kind === DISABLED) return "disabled";
      if (error.isDenied) return "hidden";
      throw error;
    }
  }

  /** Without values. */
  async versions(): Promise<SecretVersion[]> {
    const versions: SecretVersion[] = [];
    let path: string | undefined = `${this.path}/versions?maxresults=25&${API}`;
    while (path !== undefined) {
      const page: Json = (await this.client.find({ method: "GET", path })) ?? {};
      const { value, nextLink } = page;
      versions.push(...recordsIn(value).map(versionOf));
      const next: URL | undefined =
        typeof nextLink === "string" && URL.canParse(nextLink) ? new URL(nextLink) : undefined;
      path = next && `${next.pathname}${next.search}`;
    }
    return versions;
  }

  async write({ value, tags, expires, isEnabled = true }: NewVersion): Promise<SecretVersion> {
    const attributes = { enabled: isEnabled, ...(expires !== undefined && { exp: expires }) };
    const body = { value, tags, attributes };
    return versionOf(await this.client.call({ method: "PUT", path: `${this.path}?${API}`, body }));
  }

  async change(
    { id }: SecretVersion,
    { tags, isEnabled }: { readonly tags?: Tags; readonly isEnabled?: boolean },
  ): Promise<void> {
    const body = {
      ...(tags !== undefined && { tags }),
      ...(isEnabled !== undefined && { attributes: { enabled: isEnabled } }),
    };
    await this.client.call({ method: "PATCH", path: `${this.path}/${id}?${API}`, body });
  }

  /** Without a value nothing can be written; whether it might be is asked first. */
  async proveWritable(): Promise<void> {
    try {
      await this.client.call({ method: "PUT", path: `${this.path}?${API}`, body: {} });
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== "400") throw error;
    }
  }
}

/** Each of Azure's clouds has a domain of vaults, which is also what tokens are asked for. */
function scopeOf(host: string): string {
  const domain = /\.(vault\.[a-z.]+)$/.exec(host)?.[1] ?? "vault.azure.net";
  return `https://${domain}/.default`;
}

function versionOf({ id, tags, attributes }: Json): SecretVersion {
  const { enabled, created, exp } = isRecord(attributes) ? attributes : {};
  return {
    id: String(id).split("/").at(-1) ?? "",
    tags: textsIn(tags),
    isEnabled: enabled !== false,
    createdAt: Number(created ?? 0),
    expires: typeof exp === "number" ? exp : undefined,
  };
}

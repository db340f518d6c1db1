import { secrets } from "../../http";
import { recordsIn, RestClient, type Json } from "../stored/rest";
import { StoreError } from "../stored/store-error";

const LOGIN_REMEDY =
  "Set OP_CONNECT_HOST to the address of a Connect server, and OP_CONNECT_TOKEN to a token with write access to the vault.";

/** Vaults and items have ids of this shape. */
const ID = /^[a-z0-9]{26}$/;

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly value: string | undefined;
}

export interface Item {
  readonly id: string;
  readonly tags: readonly string[];
  readonly fields: readonly Field[];
  /** As the server sent it. */
  readonly whole: Json;
}

export interface NewField {
  readonly label: string;
  readonly value: string;
  readonly type: "CONCEALED" | "STRING";
}

/**
 * The requests that glsa makes of one item.
 * @see https://developer.1password.com/docs/connect/api-reference
 */
export class Connect {
  private readonly client: RestClient;
  private vaultId: Promise<string> | undefined;

  constructor(
    endpoint: string | undefined,
    private readonly vault: string,
    private readonly item: string,
  ) {
    this.client = new RestClient({
      name: "1Password Connect",
      address: connectAddress(endpoint) ?? "https://connect.invalid",
      headers: async () => {
        const token = process.env["OP_CONNECT_TOKEN"]?.trim();
        if (!token || connectAddress(endpoint) === undefined) throw noLogin();
        secrets.add(token);
        return { authorization: `Bearer ${token}` };
      },
      loginRemedy: LOGIN_REMEDY,
      forbiddenRemedy: ({ method }) =>
        `Give the token of OP_CONNECT_TOKEN ${method === "GET" ? "read" : "write"} access to vault ${vault}.`,
    });
  }

  /** Undefined where there is no such item. */
  async find(): Promise<Item | undefined> {
    const path = await this.path();
    if (ID.test(this.item)) return this.read(`${path}/${this.item}`);
    const found = await this.client.call({
      method: "GET",
      path: filtered(path, "title", this.item),
    });
    const [first, second] = recordsIn(found["list"]);
    if (second !== undefined) {
      throw new StoreError(`the vault has several items with the title "${this.item}"`, {
        remedy: "Write the item's id, or rename the others.",
      });
    }
    return first && this.read(`${path}/${String(first["id"])}`);
  }

  async create(fields: readonly NewField[], tags: readonly string[]): Promise<void> {
    if (ID.test(this.item)) {
      throw new StoreError("the vault has no item with this id", {
        remedy: "Correct the id, or write a title, by which an item is made.",
      });
    }
    const body = {
      title: this.item,
      category: "API_CREDENTIAL",
      vault: { id: await this.vaultNumber() },
      tags,
      fields,
    };
    await this.client.call({ method: "POST", path: await this.path(), body });
  }

  /** Sets fields by their labels, in one request. Those that the item has are changed alone, whatever becomes of others. */
  async set({ id, fields, whole }: Item, wanted: readonly NewField[]): Promise<void> {
    const path = `${await this.path()}/${id}`;
    const present = wanted.map(({ label }) => fields.find((field) => field.label === label));
    if (present.every((field) => field !== undefined)) {
      const body = wanted.map(({ value }, at) => ({
        op: "replace",
        path: `/fields/${present[at]?.id}/value`,
        value,
      }));
      await this.client.call({ method: "PATCH", path, body });
      return;
    }
    const labels = wanted.map(({ label }) => label);
    const others = recordsIn(whole["fields"]).filter(
      ({ label }) => !labels.includes(String(label)),
    );
    const changed = wanted.map((field, at) => ({
      ...field,
      ...(present[at] && { id: present[at].id }),
    }));
    const body = { ...whole, fields: [...others, ...changed] };
    await this.client.call({ method: "PUT", path, body });
  }

  /** Takes fields away, in one request. */
  async unset({ id, fields }: Item, labels: readonly string[]): Promise<void> {
    const gone = fields.filter(({ label }) => labels.includes(label));
    if (gone.length === 0) return;
    const body = gone.map((field) => ({ op: "remove", path: `/fields/${field.id}` }));
    const path = `${await this.path()}/${id}`;
    // What an attempt whose answer was lost took away is not there a second time.
    await this.client.call({ method: "PATCH", path, body, mayRepeat: false });
  }

  async delete({ id }: Item): Promise<void> {
    await this.client.find({ method: "DELETE", path: `${await this.path()}/${id}` });
  }

  private async read(path: string): Promise<Item | undefined> {
    const whole = await this.client.find({ method: "GET", path });
    if (whole === undefined) return undefined;
    const { id, tags } = whole;
    const fields = recordsIn(whole["fields"]).map(({ id: fieldId, label, value }) => ({
      id: String(fieldId),
      label: String(label ?? ""),
      value: typeof value === "string" && value !== "" ? value : undefined,
    }));
    return { id: String(id), tags: Array.isArray(tags) ? tags.map(String) : [], fields, whole };
  }

  private async path(): Promise<string> {
    return `/v1/vaults/${await this.vaultNumber()}/items`;
  }

  private vaultNumber(): Promise<string> {
    this.vaultId ??= this.findVault().catch((error: unknown) => {
      this.vaultId = undefined;
      throw error;
    });
    return this.vaultId;
  }

  private async findVault(): Promise<string> {
    if (ID.test(this.vault)) return this.vault;
    const path = filtered("/v1/vaults", "name", this.vault);
    const found = await this.client.call({ method: "GET", path });
    const [first, second] = recordsIn(found["list"]);
    if (first !== undefined && second === undefined) return String(first["id"]);
    const why = first === undefined ? "the token sees no vault" : "the token sees several vaults";
    throw new StoreError(`${why} with the name "${this.vault}"`, {
      remedy: "Check the name and what OP_CONNECT_TOKEN may see, or write the vault's id.",
      isLocal: true,
    });
  }
}

/** Undefined where none is known. */
export function connectAddress(endpoint: string | undefined): string | undefined {
  const address = (endpoint ?? process.env["OP_CONNECT_HOST"])?.trim().replace(/\/+$/, "");
  return address === "" ? undefined : address;
}

function noLogin(): StoreError {
  const hasAccount = Boolean(process.env["OP_SERVICE_ACCOUNT_TOKEN"]);
  return new StoreError("there is no login at a Connect server", {
    remedy: hasAccount
      ? `${LOGIN_REMEDY} OP_SERVICE_ACCOUNT_TOKEN is for 1Password's own programs: use a command with op for it.`
      : LOGIN_REMEDY,
    isLocal: true,
  });
}

function filtered(path: string, name: string, value: string): string {
  return `${path}?filter=${encodeURIComponent(`${name} eq "${value}"`)}`;
}

import { randomBytes } from "node:crypto";
import { StandIn, type CloudReply, type CloudRequest } from "./stand-in";

interface Field {
  readonly id: string;
  readonly label?: string;
  readonly type?: string;
  readonly value?: string;
}

interface Item {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly tags?: readonly string[];
  readonly version: number;
  readonly fields: readonly Field[];
}

type Body = Readonly<Record<string, unknown>>;

const CATEGORIES = ["API_CREDENTIAL", "LOGIN", "PASSWORD", "SECURE_NOTE", "SERVER", "DATABASE"];

/** A 1Password Connect server with one vault, after its published description (1.8.1). */
export class TestConnect extends StandIn {
  readonly token = `eyJhbGciOiJFUzI1NiJ9.${randomBytes(20).toString("hex")}`;
  readonly vaultId = idOf();
  readonly items = new Map<string, Item>();
  /** What the token may not do with the vault: `read` or `write`. */
  readonly denied = new Set<string>();

  static start(): Promise<TestConnect> {
    return new TestConnect().listen();
  }

  titles(): string[] {
    return [...this.items.values()].map(({ title }) => title);
  }

  /** What a field of an item holds. */
  held(title: string, label: string): string | undefined {
    const item = [...this.items.values()].find((each) => each.title === title);
    return item?.fields.find((field) => field.label === label)?.value;
  }

  protected nameOf({ method, url }: CloudRequest): string {
    return `${method} ${url.pathname}`;
  }

  protected answer(request: CloudRequest): CloudReply {
    const { method, url, headers } = request;
    if (headers.authorization !== `Bearer ${this.token}`) return failure(401, "Invalid token");
    const filter = /^(\w+) eq "(.*)"$/.exec(url.searchParams.get("filter") ?? "");
    if (url.pathname === "/v1/vaults") {
      const isSeen = !this.denied.has("read") && (filter === null || filter[2] === "Deploy");
      const list = isSeen ? [{ id: this.vaultId, name: "Deploy", type: "USER_CREATED" }] : [];
      return { status: 200, body: list };
    }
    const path = new RegExp(`^/v1/vaults/${this.vaultId}/items(?:/(\\w+))?/?$`).exec(url.pathname);
    if (path === null) return failure(404, "Vault not found");
    if (this.denied.has(method === "GET" ? "read" : "write")) {
      return failure(403, "Authorization: token does not have permission to perform this action");
    }
    const body = request.body.length === 0 ? {} : (JSON.parse(String(request.body)) as Body);
    const [, id] = path;
    if (id === undefined) return method === "GET" ? this.list(filter?.[2]) : this.create(body);
    return this.atItem(id, method, body);
  }

  private list(title: string | undefined): CloudReply {
    const found = [...this.items.values()].filter(
      (item) => title === undefined || item.title === title,
    );
    return { status: 200, body: found.map(({ fields: _fields, ...summary }) => summary) };
  }

  private create(body: Body): CloudReply {
    const { id: vault } = (body["vault"] ?? {}) as { id?: string };
    if (vault !== this.vaultId || !CATEGORIES.includes(String(body["category"]))) {
      return failure(400, "Invalid item");
    }
    return this.keep({ ...(body as unknown as Item), id: idOf(), version: 1 });
  }

  private atItem(id: string, method: string, body: Body): CloudReply {
    const item = this.items.get(id);
    if (item === undefined) return failure(404, "Item not found");
    switch (method) {
      case "GET":
        return { status: 200, body: this.shown(item) };
      case "DELETE":
        this.items.delete(id);
        return { status: 204 };
      case "PUT":
        if (body["id"] !== id) return failure(400, "Item id mismatch");
        return this.keep({ ...(body as unknown as Item), version: item.version + 1 });
      case "PATCH":
        return this.patch(item, body as unknown as readonly Operation[]);
      default:
        return failure(405, "No such method");
    }
  }

  private patch(item: Item, operations: readonly Operation[]): CloudReply {
    let { fields } = item;
    for (const { op, path, value } of operations) {
      const [, id = "", attribute] = /^\/fields\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
      if (!fields.some((field) => field.id === id)) return failure(400, `no such field: ${path}`);
      if (op === "remove" && attribute === undefined)
        fields = fields.filter((field) => field.id !== id);
      else if (op === "replace" && attribute === "value") {
        fields = fields.map((field) =>
          field.id === id ? { ...field, value: String(value) } : field,
        );
      } else return failure(400, `${op} of ${path} is not supported`);
    }
    return this.keep({ ...item, fields, version: item.version + 1 });
  }

  private keep(item: Item): CloudReply {
    const fields = item.fields.map((field) => ({ ...field, id: field.id ?? idOf() }));
    this.items.set(item.id, { ...item, fields });
    return { status: 200, body: this.shown({ ...item, fields }) };
  }

  private shown(item: Item) {
    return { ...item, vault: { id: this.vaultId } };
  }
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

function idOf(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  return [...randomBytes(26)].map((byte) => letters[byte % 32]).join("");
}

function failure(status: number, message: string): CloudReply {
  return { status, body: { status, message } };
}

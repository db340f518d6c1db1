/** A recorded plan without what differs from one recording to the next, or from one machine to another. */
export function normalised(document: unknown): unknown {
  const numbers = new Numbers(document);
  return rewritten(document, numbers);
}

/** Numbers that the stand-in gave in whatever order the engine asked, replaced by ones that follow their names. */
class Numbers {
  private readonly users = new Map<number, number>();
  private readonly tokens = new Map<number, number>();

  constructor(document: unknown) {
    const users = new Map<number, string>();
    const tokens = new Map<number, string>();
    visit(document, (object) => {
      const { id, values } = identified(object);
      const username = values["username"];
      if (typeof username === "string" && id.length > 1) users.set(id.at(-1) ?? 0, username);
    });
    visit(document, (object) => {
      const { id, values } = identified(object);
      const tokenId = values["tokenId"] ?? values["token_id"];
      if (typeof tokenId !== "number" || id.length < 2) return;
      const user = id.at(-2) ?? 0;
      const label = `${users.get(user) ?? user} ${String(values["name"])}`;
      for (const number of [id.at(-1) ?? tokenId, tokenId]) tokens.set(number, label);
    });
    assign(users, 100, this.users);
    assign(tokens, 200, this.tokens);
  }

  user(id: number): number {
    return this.users.get(id) ?? id;
  }

  token(id: number): number {
    return this.tokens.get(id) ?? id;
  }
}

/** The numbers of an object's id, and its attributes on either engine. */
function identified(object: Record<string, unknown>): {
  readonly id: readonly number[];
  readonly values: Record<string, unknown>;
} {
  const id = typeof object["id"] === "string" ? object["id"].split(":").map(Number) : [];
  return { id, values: (object["outputs"] ?? object) as Record<string, unknown> };
}

function assign(
  names: ReadonlyMap<number, string>,
  first: number,
  into: Map<number, number>,
): void {
  const sorted = [...names].sort(([left, a], [right, b]) =>
    a < b ? -1 : a > b ? 1 : left - right,
  );
  sorted.forEach(([id], at) => into.set(id, first + at));
}

function visit(value: unknown, see: (object: Record<string, unknown>) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) see(value as Record<string, unknown>);
  for (const each of Object.values(value)) visit(each, see);
}

/** Keys of the engine's own that say where and when it ran. */
const LEFT_OUT = new Set([
  "sourcePosition",
  "stackTrace",
  "duration",
  "created",
  "modified",
  "__glsa",
  "sequence",
]);

function rewritten(value: unknown, numbers: Numbers, key = ""): unknown {
  if (typeof value === "string") return text(value, numbers, key);
  if (typeof value === "number") return number(value, numbers, key);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => rewritten(each, numbers, key));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !LEFT_OUT.has(name))
      .map(([name, each]) => [name, rewritten(each, numbers, name)]),
  );
}

function number(value: number, numbers: Numbers, key: string): number {
  if (key === "user_id" || key === "userId") return numbers.user(value);
  return key === "token_id" || key === "tokenId" ? numbers.token(value) : value;
}

function text(value: string, numbers: Numbers, key: string): string {
  if (key === "timestamp") return "2026-06-01T08:00:00Z";
  return value
    .replace(
      /^((?:group|project):\d+):(\d+)(?::(\d+))?$/,
      (_, owner: string, user: string, token?: string) => {
        const account = `${owner}:${numbers.user(Number(user))}`;
        return token === undefined ? account : `${account}:${numbers.token(Number(token))}`;
      },
    )
    .replace(/\btoken (\d+)/g, (_, id: string) => `token ${numbers.token(Number(id))}`)
    .replace(/(service_account_(?:group|project)_\d+)_[0-9a-f]+@[^"]*/g, "$1@noreply.example.com")
    .replace(/\bglpat-[\w.-]+/g, "a-token-value")
    .replace(/sha256:[0-9a-f]+/g, "sha256:0")
    .replace(/(\d{4}-\d\d-\d\dT\d\d:)\d\d:\d\d(\.\d+)?Z/g, "$100:00.000Z")
    .replace(/(providers:glsa::default)::[0-9a-f-]{36}/g, "$1::ID");
}

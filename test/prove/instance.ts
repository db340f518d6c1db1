import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Prover, type ProveSettings } from "../../src/prove/prove";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox";

export const GROUP = "my-proof";

/** A stand-in that plays the user's own GitLab, with an empty group and things of others beside it. */
export class TestedInstance {
  private constructor(
    readonly sandbox: Sandbox,
    readonly token: string,
    readonly groupId: number,
  ) {}

  static async start(options: SandboxOptions, role: "administrator" | "owner" = "administrator") {
    const sandbox = await startSandbox(options);
    sandbox.control.setDeletionDelay("PT0S");
    const root = { url: sandbox.url, token: sandbox.token };
    const others = await call(root, "POST", "/groups", { name: "others", path: "others" });
    const variable = { key: "GLSA_PROVE_ONE", value: "of others" };
    await call(root, "POST", `/groups/${String(others["id"])}/variables`, variable);
    const token = role === "owner" ? await ownerToken(root) : sandbox.token;
    const group = await call({ ...root, token }, "POST", "/groups", {
      name: "My Proof",
      path: GROUP,
      visibility: "private",
    });
    return new TestedInstance(sandbox, token, Number(group["id"]));
  }

  get url(): string {
    return this.sandbox.url;
  }

  call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    return call(this, method, path, body);
  }

  prover(settings: Partial<ProveSettings> = {}): Prover {
    return new Prover({ baseUrl: this.url, token: this.token, group: GROUP, ...settings });
  }

  /** What is there, apart from what GitLab keeps of the past, and of what a revoked token was. */
  contents(): unknown {
    const state = this.sandbox.control.state() as unknown as Record<string, unknown>;
    return contentsOf(state);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}

type Row = Readonly<Record<string, unknown>>;

/** Names of everything that a run could leave or harm. */
export function contentsOf(state: Readonly<Record<string, unknown>>): unknown {
  const rows = (table: string) => (state[table] as { rows?: Row[] } | undefined)?.rows ?? [];
  return {
    users: rows("users")
      .filter(({ user_type: type }) => type !== "project_bot")
      .map(({ username }) => username),
    groups: rows("groups").map(({ full_path: path }) => path),
    projects: rows("projects").map(({ full_path: path }) => path),
    variables: rows("variables").map(({ key, value }) => [key, value]),
    tokens: rows("tokens")
      .filter(({ revoked }) => revoked !== true)
      .map(({ name }) => name),
    members: rows("members").map(({ user_id: user, source_id: source }) => [user, source]),
  };
}

async function ownerToken(root: { url: string; token: string }): Promise<string> {
  const settings = { allow_top_level_group_owners_to_create_service_accounts: true };
  await call(root, "PUT", "/application/settings", settings);
  const user = await call(root, "POST", "/users", {
    username: "alice.secret",
    name: "Alice Secret",
    email: "alice@corp.example",
    password: "Correct-horse-7-staple",
    skip_confirmation: true,
    can_create_group: true,
  });
  const expires_at = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const path = `/users/${String(user["id"])}/personal_access_tokens`;
  const made = await call(root, "POST", path, { name: "glsa", scopes: ["api"], expires_at });
  return String(made["token"]);
}

async function call(
  { url, token }: { readonly url: string; readonly token: string },
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/api/v4${path}`, {
    method,
    headers: { "private-token": token, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
}

export interface Passing {
  readonly request: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Stands in front of an instance and may change what it answers, or look on. */
export async function front(
  target: string,
  { before, alter }: { before?: (request: string) => void; alter?: (answer: Passing) => void },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      const name = `${request.method} ${request.url}`;
      before?.(name);
      const answer = await ask(target, request, await textOf(request));
      alter?.(answer);
      for (const [key, value] of Object.entries(answer.headers)) {
        if (value !== undefined && !/^(content-length|transfer-encoding)$/.test(key))
          response.setHeader(key, value);
      }
      response.writeHead(answer.status).end(answer.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function ask(target: string, request: IncomingMessage, body: string): Promise<Passing> {
  const { method, url, headers } = request;
  return new Promise((resolve, reject) => {
    const asked = forward(`${target}${url}`, { method, headers }, (answer) => {
      textOf(answer).then(
        (text) =>
          resolve({
            request: `${method} ${url}`,
            status: answer.statusCode ?? 0,
            headers: { ...answer.headers },
            body: text,
          }),
        reject,
      );
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

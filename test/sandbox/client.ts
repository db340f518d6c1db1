import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text where it is none. */
  readonly body: unknown;
}

export interface Token {
  readonly id: number;
  readonly token: string;
  readonly active: boolean;
  readonly revoked: boolean;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

/** A stand-in and the requests that tests send to it. */
export class TestInstance {
  private static readonly running: Sandbox[] = [];

  private constructor(
    readonly url: string,
    readonly root: string,
  ) {}

  static async start(options: SandboxOptions = {}): Promise<TestInstance> {
    const sandbox = await startSandbox(options);
    TestInstance.running.push(sandbox);
    return new TestInstance(sandbox.url, sandbox.token);
  }

  /** Ends all that were started, also those of tests that failed. */
  static async closeAll(): Promise<void> {
    await Promise.all(TestInstance.running.splice(0).map((sandbox) => sandbox.close()));
  }

  async ask(method: string, path: string, body?: object, token = this.root): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v4${path}`, {
      method,
      headers: { "PRIVATE-TOKEN": token, "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return readAnswer(response);
  }

  /** Sends a request that must succeed, for what it answers. */
  async get<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object,
    token = this.root,
  ): Promise<T> {
    const answer = await this.ask(method, path, body, token);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  async control(method: string, name: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.url}/-/sandbox/${name}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return readAnswer(response);
  }

  advance(duration: string): Promise<Answer> {
    return this.control("POST", "clock", { advance: duration });
  }

  async group(path: string, parentId?: number, visibility = "private"): Promise<number> {
    const body = { name: path, path, parent_id: parentId, visibility };
    return (await this.get<{ id: number }>("POST", "/groups", body)).id;
  }

  async project(path: string, groupId: number): Promise<number> {
    const body = { name: path, namespace_id: groupId };
    return (await this.get<{ id: number }>("POST", "/projects", body)).id;
  }

  /** A human with a token of scope `api`. */
  async human(username: string): Promise<{ id: number; token: string }> {
    const { id } = await this.get<{ id: number }>("POST", "/users", {
      username,
      name: username,
      email: `${username}@example.com`,
      force_random_password: true,
    });
    return { id, token: (await this.userToken(id)).token };
  }

  userToken(userId: number, values: object = {}): Promise<Token> {
    const body = { name: "test", scopes: ["api"], ...values };
    return this.get<Token>("POST", `/users/${userId}/personal_access_tokens`, body);
  }

  async account(owner: string, values: object = {}, token = this.root): Promise<number> {
    const path = `${owner}/service_accounts`;
    return (await this.get<{ id: number }>("POST", path, values, token)).id;
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Plain text stays as it is.
  }
  return { status: response.status, headers: response.headers, body };
}

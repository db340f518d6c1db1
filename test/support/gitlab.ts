import { startSandbox } from "../../src/sandbox";

type SandboxOptions = NonNullable<Parameters<typeof startSandbox>[0]>;

export interface RequestLog {
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly status: number;
  }[];
}

export interface Member {
  readonly id: number;
  readonly username: string;
  readonly access_level: number;
  readonly expires_at: string | null;
}

export interface Account {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string;
}

/** The stand-in, and what a test does to it by hand: through the REST API, as anybody would. */
export class TestGitLab {
  private constructor(
    readonly url: string,
    readonly token: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(options: SandboxOptions = {}): Promise<TestGitLab> {
    const sandbox = await startSandbox(options);
    const close = async () => {
      const { requests } = sandbox.control.requests();
      await sandbox.close();
      refuseRotations(requests);
    };
    return new TestGitLab(sandbox.url, sandbox.token, close);
  }

  /** The same instance, asked with an administrator's token that never expires, for tests that outlive a year. */
  async lasting(): Promise<TestGitLab> {
    const settings = "/application/settings";
    await this.call("PUT", settings, { require_personal_access_token_expiry: false });
    const { id } = await this.call<{ id: number }>("GET", "/user");
    const { token } = await this.call<{ token: string }>(
      "POST",
      `/users/${id}/personal_access_tokens`,
      { name: "lasting", scopes: ["api", "admin_mode"] },
    );
    await this.call("PUT", settings, { require_personal_access_token_expiry: true });
    return new TestGitLab(this.url, token, this.close);
  }

  async call<T>(method: string, path: string, body?: object, token = this.token): Promise<T> {
    const response = await this.ask(method, path, body, token);
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  /** The answer, whatever it is. */
  ask(method: string, path: string, body?: object, token = this.token): Promise<Response> {
    return fetch(`${this.url}/api/v4${path}`, {
      method,
      headers: { "private-token": token, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async group(path: string, parentId?: number): Promise<number> {
    const body = { name: path, path, ...(parentId !== undefined && { parent_id: parentId }) };
    return (await this.call<{ id: number }>("POST", "/groups", body)).id;
  }

  async project(path: string, groupId: number): Promise<number> {
    const body = { name: path, path, namespace_id: groupId };
    return (await this.call<{ id: number }>("POST", "/projects", body)).id;
  }

  /** The group "platform", the subgroup "platform/apps" and the project "platform/charts". */
  async platform(): Promise<{ platform: number; apps: number; charts: number }> {
    const platform = await this.group("platform");
    const apps = await this.group("apps", platform);
    return { platform, apps, charts: await this.project("charts", platform) };
  }

  /** A human who owns a group, may make service accounts there, and is no administrator. Answers a token. */
  async groupOwner(groupId: number): Promise<string> {
    const settings = { allow_top_level_group_owners_to_create_service_accounts: true };
    await this.call("PUT", "/application/settings", settings);
    const user = await this.call<{ id: number }>("POST", "/users", {
      username: "group-owner",
      name: "Group owner",
      email: "group-owner@example.com",
      password: "Correct-horse-7-staple",
      skip_confirmation: true,
    });
    await this.call("POST", `/groups/${groupId}/members`, { user_id: user.id, access_level: 50 });
    const token = await this.call<{ token: string }>(
      "POST",
      `/users/${user.id}/personal_access_tokens`,
      { name: "glsa", scopes: ["api"], expires_at: inDays(300) },
    );
    return token.token;
  }

  accounts(groupId: number): Promise<Account[]> {
    return this.call("GET", `/groups/${groupId}/service_accounts?per_page=100`);
  }

  members(kind: "groups" | "projects", id: number): Promise<Member[]> {
    return this.call("GET", `/${kind}/${id}/members?per_page=100`);
  }

  async member(
    kind: "groups" | "projects",
    id: number,
    username: string,
  ): Promise<Member | undefined> {
    return (await this.members(kind, id)).find((member) => member.username === username);
  }

  activeTokens(userId: number): Promise<{ id: number; name: string; scopes: string[] }[]> {
    return this.call("GET", `/personal_access_tokens?user_id=${userId}&state=active&per_page=100`);
  }

  async variable(projectId: number, key: string): Promise<string | undefined> {
    const response = await this.ask("GET", `/projects/${projectId}/variables/${key}`);
    return response.ok ? ((await response.json()) as { value: string }).value : undefined;
  }

  /** The user that a token acts as; undefined when it does not work. */
  async whoIs(token: string): Promise<string | undefined> {
    const response = await this.ask("GET", "/user", undefined, token);
    return response.ok ? ((await response.json()) as { username: string }).username : undefined;
  }

  requests(): Promise<RequestLog> {
    return this.control<RequestLog>("GET", "requests");
  }

  /** What is asked from here on. */
  async forgetRequests(): Promise<void> {
    refuseRotations((await this.requests()).requests);
    await this.control("DELETE", "requests");
  }

  async writes(): Promise<string[]> {
    const { requests } = await this.requests();
    return requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
  }

  async control<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/-/sandbox/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

/** Whatever a test is about: the endpoint that kills the old value at once is never called. */
function refuseRotations(
  requests: readonly { readonly method: string; readonly path?: string }[],
): void {
  const rotation = requests.find(({ path }) => /\/rotate(\?|$)/.test(path ?? ""));
  if (rotation !== undefined) throw new Error(`${rotation.method} ${rotation.path} was called`);
}

/** A day so many days from today, `YYYY-MM-DD` in UTC. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A few calls to GitLab's REST API, as anybody would make them by hand. */
export class Rest {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/api/v4${path}`, {
      method,
      headers: { "private-token": this.token, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}

/** The group and the project that the demo's declaration wants to find. */
export async function makePlatform(rest: Rest): Promise<void> {
  const platform = await rest.call<{ id: number }>("POST", "/groups", {
    name: "Platform",
    path: "platform",
  });
  await rest.call("POST", "/projects", {
    name: "Charts",
    path: "charts",
    namespace_id: platform.id,
  });
}

/** The value that a job of the project finds in its environment. */
export async function deliveredValue(rest: Rest): Promise<string> {
  const path = "/projects/platform%2Fcharts/variables/DEPLOY_TOKEN";
  return (await rest.call<{ value: string }>("GET", path)).value;
}

export interface Token {
  readonly id: number;
  readonly created_at: string;
}

/** The tokens of the deployer that work now. */
export async function liveTokens(rest: Rest): Promise<Token[]> {
  const [user] = await rest.call<{ id: number }[]>("GET", "/users?username=platform-deployer");
  if (user === undefined) return [];
  return rest.call("GET", `/personal_access_tokens?user_id=${user.id}&state=active`);
}

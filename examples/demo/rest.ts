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

/** The groups and projects that the example stack wants to find. */
export async function makePlatform(rest: Rest): Promise<void> {
  const platform = await rest.call<{ id: number }>("POST", "/groups", {
    name: "Platform",
    path: "platform",
  });
  const apps = await rest.call<{ id: number }>("POST", "/groups", {
    name: "Apps",
    path: "apps",
    parent_id: platform.id,
  });
  await rest.call("POST", "/projects", {
    name: "Charts",
    path: "charts",
    namespace_id: platform.id,
  });
  await rest.call("POST", "/projects", { name: "Web", path: "web", namespace_id: apps.id });
}

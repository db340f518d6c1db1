import { place } from "../../../src/destinations/ci-variable/implementation";
import { ciVariable } from "../../../src/destinations/ci-variable/record";
import type { Written } from "../../../src/destinations/record";
import { GitLab } from "../../../src/gitlab";
import { Inventory } from "../../../src/inventory";
import { TestGitLab } from "../../support/gitlab";
import { gateBefore, settingsOf, type Conforming } from "./under-test";

interface Variable {
  readonly key: string;
  readonly value: string;
}

export const ciVariableUnderTest: Conforming = {
  async start() {
    const gitlab = await TestGitLab.start();
    await gitlab.platform();
    const { checkpoint, gate } = await gateBefore(gitlab.url);
    const variables = "/projects/platform%2Fcharts/variables";
    const { id } = await gitlab.call<{ id: number }>("GET", "/projects/platform%2Fcharts");
    const developer = await developerOf(gitlab, id);
    let token = gitlab.token;
    const keyOf = (name: string) => name.replaceAll("-", "_").toUpperCase();
    const list = () => gitlab.call<Variable[]>("GET", `${variables}?per_page=100`);
    const at = (name: string, written: Written) => {
      const client = new GitLab({ baseUrl: gate.url, token });
      const host = { gitlab: client, inventory: new Inventory(client) };
      const settings = { project: "platform/charts", key: keyOf(name), ...written };
      return place(settingsOf(ciVariable, settings), host, { kind: "project", id });
    };
    return {
      checkpoint,
      place: (name, written = {}) => at(name, written),
      respelled: (name) => at(name, { project: String(id) }),
      held: async (name) => {
        const response = await gitlab.ask("GET", `${variables}/${keyOf(name)}`);
        return response.ok ? ((await response.json()) as Variable).value : undefined;
      },
      write: async (name, value) => {
        const isThere = (await list()).some(({ key }) => key === keyOf(name));
        if (isThere) await gitlab.call("PUT", `${variables}/${keyOf(name)}`, { value });
        else await gitlab.call("POST", variables, { key: keyOf(name), value });
      },
      neighbours: async (name) => (await list()).filter(({ key }) => key !== keyOf(name)),
      denials: { "a role that may not see variables": () => void (token = developer) },
      allow: () => void (token = gitlab.token),
      close: async () => {
        await gate.close();
        await gitlab.close();
      },
    };
  },
};

async function developerOf(gitlab: TestGitLab, projectId: number): Promise<string> {
  const user = { name: "dev", username: "dev", email: "dev@example.com", password: "Kt7!vQ2m-xyz" };
  const { id } = await gitlab.call<{ id: number }>("POST", "/users", {
    ...user,
    skip_confirmation: true,
  });
  await gitlab.call("POST", `/projects/${projectId}/members`, { user_id: id, access_level: 30 });
  const { token } = await gitlab.call<{ token: string }>(
    "POST",
    `/users/${id}/personal_access_tokens`,
    { name: "dev", scopes: ["api"] },
  );
  return token;
}

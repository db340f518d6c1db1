import { place } from "../../../src/destinations/gitlab-variable/implementation";
import { gitlabVariable } from "../../../src/destinations/gitlab-variable/record";
import type { Written } from "../../../src/destinations/record";
import { GitLab } from "../../../src/gitlab";
import { Inventory } from "../../../src/inventory";
import { TestGitLab } from "../../support/gitlab";
import { gateBefore, settingsOf, type Conforming } from "./under-test";

interface Variable {
  readonly key: string;
  readonly value: string;
}

const TOKEN = "OTHER_GITLAB_TOKEN";
const keyOf = (name: string) => name.replaceAll("-", "_").toUpperCase();

/** In a GitLab that is not the one of the token; `where` says in which place, and `variables` by which route. */
function variableAt(where: Written, variables: string): Conforming {
  return {
    async start() {
      const gitlab = await TestGitLab.start();
      await gitlab.platform();
      const { checkpoint, gate } = await gateBefore(gitlab.url);
      const readOnly = await gitlab.call<{ token: string }>(
        "POST",
        "/users/1/personal_access_tokens",
        { name: "read", scopes: ["read_api"] },
      );
      process.env[TOKEN] = gitlab.token;
      const here = new GitLab({ baseUrl: "http://127.0.0.1:9", token: "not-asked" });
      const list = () => gitlab.call<Variable[]>("GET", `${variables}?per_page=100`);
      const at = (name: string, written: Written) =>
        place(
          settingsOf(gitlabVariable, {
            base_url: gate.url,
            token_variable: TOKEN,
            ...where,
            key: keyOf(name),
            ...written,
          }),
          { gitlab: here, inventory: new Inventory(here) },
        );
      return {
        checkpoint,
        place: (name, written = {}) => at(name, written),
        respelled: (name) => at(name, { base_url: `${gate.url}/api/v4` }),
        held: async (name) => (await list()).find(({ key }) => key === keyOf(name))?.value,
        write: async (name, value) => {
          const isThere = (await list()).some(({ key }) => key === keyOf(name));
          if (isThere) await gitlab.call("PUT", `${variables}/${keyOf(name)}`, { value });
          else await gitlab.call("POST", variables, { key: keyOf(name), value });
        },
        neighbours: async (name) => (await list()).filter(({ key }) => key !== keyOf(name)),
        denials: {
          "no token": () => void delete process.env[TOKEN],
          "a token that may only read": () => void (process.env[TOKEN] = readOnly.token),
        },
        allow: () => void (process.env[TOKEN] = gitlab.token),
        close: async () => {
          delete process.env[TOKEN];
          await gate.close();
          await gitlab.close();
        },
      };
    },
  };
}

export const otherProjectUnderTest = variableAt(
  { project: "platform/charts" },
  "/projects/platform%2Fcharts/variables",
);
export const otherInstanceUnderTest = variableAt({ instance: true }, "/admin/ci/variables");

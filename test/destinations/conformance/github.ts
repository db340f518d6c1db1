import { place } from "../../../src/destinations/github-secret/implementation";
import { githubSecret } from "../../../src/destinations/github-secret/record";
import { TestGitHub } from "../../support/clouds/github";
import { gateBefore, settingsOf, type Conforming } from "./under-test";

export const githubSecretUnderTest: Conforming = {
  async start() {
    const github = await TestGitHub.start();
    const { checkpoint, gate } = await gateBefore(github.url);
    const before = { ...process.env };
    process.env["GITHUB_TOKEN"] = github.token;
    const nameOf = (name: string) => name.replaceAll("-", "_").toUpperCase();
    const pathOf = (name: string) => `/repos/octo-org/charts/actions/secrets/${nameOf(name)}`;
    const at = (name: string, written: object) =>
      place(
        settingsOf(githubSecret, {
          repository: "octo-org/charts",
          base_url: gate.url,
          name: nameOf(name),
          ...written,
        }),
      );
    const deny = (what: string) => () => void github.denied.add(what);
    return {
      checkpoint,
      place: (name, written = {}) => at(name, written),
      respelled: (name) => at(name, { name: nameOf(name).toLowerCase() }),
      held: async (name) => github.secrets.get(pathOf(name))?.value,
      write: async (name, value) => github.write(pathOf(name), value),
      neighbours: async (name) =>
        [...github.secrets.keys()].filter((path) => path !== pathOf(name)),
      denials: {
        "no login": () => void delete process.env["GITHUB_TOKEN"],
        "no secrets": deny("secrets read"),
        "no secrets to write": deny("secrets write"),
        "no variables": deny("variables read"),
        "no variables to write": deny("variables write"),
      },
      allow: () => {
        process.env["GITHUB_TOKEN"] = github.token;
        github.denied.clear();
      },
      close: async () => {
        process.env = before;
        await gate.close();
        await github.close();
      },
    };
  },
};

import { ciVariable } from "../../src/destinations/ci-variable/record";
import { gitlabVariable } from "../../src/destinations/gitlab-variable/record";

/* What GitLab takes does not depend on where a variable is. */

const elsewhere = {
  base_url: "https://gitlab.example.org",
  token_variable: "OTHER",
  group: "platform",
};

test.each([
  [{ hidden: true, masked: false }, "hidden-but-not-masked"],
  [{ format: "netrc" }, "format-not-maskable"],
  [{ format: "json", json: { token: "{value}" }, raw: false }, "format-not-maskable"],
  [{ format: "netrc", masked: false }, undefined],
])("%j is judged alike in this GitLab and in another one", (settings, code) => {
  const here = ciVariable.conflict?.({ project: "platform/charts", key: "K", ...settings });
  const there = gitlabVariable.conflict?.({ ...elsewhere, key: "K", ...settings });
  expect([here?.problem.code, there?.problem.code]).toEqual([code, code]);
});

test("a key is judged alike, too", () => {
  const { key: here } = ciVariable.rules as Readonly<Record<string, unknown>>;
  const { key: there } = gitlabVariable.rules as Readonly<Record<string, unknown>>;
  expect(there).toBe(here);
});

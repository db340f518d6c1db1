import { execFileSync } from "node:child_process";

/** In a process of its own, since this one has loaded what the tests need. */
function modulesLoadedBy(program: string): string[] {
  const print = "console.log(JSON.stringify(Object.keys(require.cache)));";
  const output = execFileSync("npx", ["tsx", "--eval", `${program}; ${print}`], {
    encoding: "utf8",
  });
  return JSON.parse(output) as string[];
}

test("the matchers load neither an engine's library nor a test runner", () => {
  const modules = modulesLoadedBy(
    `const { matchers } = require("./constructs/testing/index.ts");
     matchers.toGrant("{}", { account: "platform-deployer" }).message()`,
  );

  expect(modules.some((path) => path.includes("/constructs/testing/"))).toBe(true);
  const foreign = /\/node_modules\/(cdktf|constructs|@pulumi|expect|@jest|jest[^/]*|vitest)\//;
  expect(modules.filter((path) => foreign.test(path))).toEqual([]);
  expect(
    modules.filter((path) =>
      /\/src\/(?!(model|config|official)\/|destinations\/(.*\/)?(index|entry|record|malformed)\.ts)/.test(
        path,
      ),
    ),
  ).toEqual([]);
});

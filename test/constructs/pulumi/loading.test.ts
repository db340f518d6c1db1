import { execFileSync } from "node:child_process";

/** In a process of its own, since this one has loaded what the tests need. */
test("the Pulumi front loads neither CDKTF nor the provider's own code", () => {
  const program =
    'require("./constructs/pulumi/index.ts"); console.log(JSON.stringify(Object.keys(require.cache)));';
  const output = execFileSync("npx", ["tsx", "--eval", program], { encoding: "utf8" });
  const modules = JSON.parse(output) as string[];

  expect(modules.some((path) => path.includes("/constructs/pulumi/"))).toBe(true);
  expect(modules.some((path) => path.includes("/node_modules/@pulumi/pulumi/"))).toBe(true);
  const ours = modules.filter((path) => !path.includes("/node_modules/"));
  expect(
    ours.filter((path) =>
      /\/src\/(?!(model|config|official)\/|destinations\/(.*\/)?(index|entry|record|malformed)\.ts)/.test(
        path,
      ),
    ),
  ).toEqual([]);
  expect(modules.filter((path) => /\/node_modules\/(cdktf|constructs)\//.test(path))).toEqual([]);
});

import { execFileSync } from "node:child_process";

/** In a process of its own, since this one has loaded what the tests need. */
function modulesLoadedBy(entry: string): string[] {
  const program = `require(${JSON.stringify(entry)}); console.log(JSON.stringify(Object.keys(require.cache)));`;
  const output = execFileSync("npx", ["tsx", "--eval", program], { encoding: "utf8" });
  return JSON.parse(output) as string[];
}

test("the CDKTF front loads neither Pulumi, nor official bindings, nor the provider's own code", () => {
  const modules = modulesLoadedBy("./constructs/cdktf/index.ts");

  expect(modules.some((path) => path.includes("/constructs/cdktf/"))).toBe(true);
  expect(
    modules.filter((path) =>
      /@pulumi|@cdktf|\/src\/(?!(model|config|official)\/|destinations\/(.*\/)?(index|entry|record|malformed)\.ts)/.test(
        path,
      ),
    ),
  ).toEqual([]);
});

test("the words load no engine at all", () => {
  const modules = modulesLoadedBy("./constructs/words/index.ts");

  expect(modules.filter((path) => /@pulumi|node_modules\/(cdktf|constructs)\//.test(path))).toEqual(
    [],
  );
});

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "../..");

/** What lint says of a file that imports another. */
function lint(path: string, imported: string): string {
  const file = join(REPOSITORY, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `import * as other from "${imported}";\nexport const used = other;\n`);
  try {
    execFileSync("npx", ["eslint", "-c", ".config/eslint.mjs", path], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    return "";
  } catch (failure) {
    return (failure as { stdout: string }).stdout;
  } finally {
    rmSync(file);
  }
}

test.each([
  ["src/model/zz-arrow.ts", "../gitlab"],
  ["src/gitlab/zz-arrow.ts", "../inventory"],
  ["src/sandbox/zz-arrow.ts", "../model"],
  ["src/provider/terraform/zz-arrow.ts", "../../resources"],
  ["src/provider/pulumi/zz-arrow.ts", "../terraform"],
  ["constructs/cdktf/zz-arrow.ts", "../../src/gitlab"],
  ["constructs/testing/zz-arrow.ts", "../cdktf"],
])("%s may not import %s", (path, imported) => {
  expect(lint(path, imported)).toContain("may import only");
});

test("what the arrows allow passes", () => {
  expect(lint("src/inventory/zz-arrow.ts", "../gitlab")).toBe("");
});

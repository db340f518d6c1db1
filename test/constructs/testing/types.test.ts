import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-types-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** As the test runners declare what others may add to; the rest of them is left out. */
const RUNNERS: Readonly<Record<string, string>> = {
  vitest: `
    export interface Assertion<T = any> { toBe(expected: T): void; }
    export declare function expect<T>(received: T): Assertion<T>;`,
  expect: `
    export interface Matchers<R extends void | Promise<void>, T = unknown> { toBe(expected: T): R; }
    export declare function expect<T>(received: T): Matchers<void, T>;`,
};

/** What the compiler says of a test for a runner, with no other runner in sight. */
function compilerMessages(runner: string, call: string): string[] {
  const declarations = join(folder, `${runner}.d.ts`);
  const file = join(folder, `${runner}.test.ts`);
  writeFileSync(declarations, RUNNERS[runner] ?? "");
  writeFileSync(
    file,
    `import { expect } from "${runner}";\nimport { matchers } from "glsa/testing";\nexport { matchers };\n${call}\n`,
  );
  const { config } = ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const paths = {
    [runner]: [declarations],
    "glsa/testing": [resolve("constructs/testing/index.ts")],
  };
  const types = [resolve("node_modules/@types/node")];
  const program = ts.createProgram([file], { ...options, paths, types });
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test.each(Object.keys(RUNNERS))("the types of the matchers come with the import: %s", (runner) => {
  expect(compilerMessages(runner, 'expect({}).toGrant({ account: "bot" });')).toEqual([]);
  expect(compilerMessages(runner, 'expect({}).toGrant({ acount: "bot" });')).toEqual([
    expect.stringContaining("'acount' does not exist in type 'ExpectedGrant'"),
  ]);
});

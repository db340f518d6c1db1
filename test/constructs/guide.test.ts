import { resolve } from "node:path";
import ts from "typescript";
import { codeBlocks } from "../support/code-blocks";

/** A guide's TypeScript, as one program in the order of reading. */
function guideProgram(path: string): string {
  return codeBlocks(path, "ts").join("\n");
}

/** What the compiler says of a text, as if it were a file of this repository. */
function compilerMessages(text: string): string[] {
  const { config } = ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const file = resolve("docs/guide.md.ts");
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, target, ...rest) =>
    path === file
      ? ts.createSourceFile(path, text, target)
      : getSourceFile.call(host, path, target, ...rest);
  const program = ts.createProgram([file], { ...options, noUnusedLocals: false }, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test.each([
  "docs/constructs.md",
  "docs/migrate.md",
  "docs/official-provider.md",
  "docs/policy.md",
  "docs/pulumi.md",
  "docs/testing.md",
])("the examples of %s compile", (path) => {
  const program = guideProgram(path);

  expect(program).toContain("new ServiceAccount(");
  expect(compilerMessages(program)).toEqual([]);
});

test("the example for another engine compiles by itself", () => {
  const [program = ""] = codeBlocks("docs/official-provider.md", "typescript");

  expect(program).toContain("useOfficialProvider();");
  expect(compilerMessages(program)).toEqual([]);
});

test("an example that does not compile would be seen", () => {
  expect(compilerMessages('import { Nothing } from "glsa/cdktf"; new Nothing();')).toEqual([
    "Module '\"glsa/cdktf\"' has no exported member 'Nothing'.",
  ]);
});

test("the example of README.md compiles in a stack", () => {
  const [program = ""] = codeBlocks("README.md", "ts");
  const imports = program.slice(0, program.indexOf("new GlsaProvider"));
  const body = program.slice(imports.length);
  const text = `import { App, TerraformStack } from "cdktf";
${imports}
export class Platform extends TerraformStack {
  constructor(app: App) {
    super(app, "platform");
${body}
  }
}`;
  expect(body).toContain("new ServiceAccount(");
  expect(compilerMessages(text)).toEqual([]);
});

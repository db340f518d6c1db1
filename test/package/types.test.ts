import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { packageVersion } from "../support/glsa";
import { codeBlocks } from "../support/code-blocks";
import { projectWithGlsa } from "../support/packed";

const LINKED = ["cdktf", "constructs", "@pulumi/pulumi", "@types/node", "undici-types"];
const [CDKTF = "", PULUMI = ""] = codeBlocks("docs/quick-start.md", "ts");

/** Each way of finding modules that projects have, with the kind of module that it is used with. */
const RESOLUTIONS: Readonly<Record<string, ts.CompilerOptions>> = {
  node10: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
  "node16, CommonJS": { module: ts.ModuleKind.Node16 },
  "node16, modules": { module: ts.ModuleKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

let folder: string;

beforeAll(async () => {
  folder = await projectWithGlsa(LINKED);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function options(resolution: ts.CompilerOptions): ts.CompilerOptions {
  return {
    ...resolution,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
}

/** Files of libraries are read once for all programs. */
const read = new Map<string, ts.SourceFile | undefined>();

function messages(files: string[], resolution: ts.CompilerOptions): string[] {
  const host = ts.createCompilerHost(options(resolution));
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) => {
    const key = `${path} ${typeof language === "object" ? language.impliedNodeFormat : ""}`;
    if (!read.has(key)) read.set(key, getSourceFile(path, language, ...rest));
    return read.get(key);
  };
  const program = ts.createProgram(files, options(resolution), host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test.each(Object.entries(RESOLUTIONS))(
  "the programs of the quick start compile with moduleResolution %s",
  (name, resolution) => {
    const extension = name.endsWith("modules") ? "mts" : "ts";
    const files = [
      write(`cdktf.${extension}`, CDKTF),
      write(`pulumi.${extension}`, PULUMI),
      write(
        `others.${extension}`,
        'import { matchers } from "glsa/testing";\nimport { startSandbox } from "glsa/sandbox";\nexport const both = [matchers, startSandbox];\n',
      ),
    ];
    const wrong = write(`wrong.${extension}`, 'import { Nothing } from "glsa/cdktf";\nNothing;\n');
    expect(messages([...files, wrong], resolution)).toEqual([expect.stringContaining("'Nothing'")]);
  },
);

describe("an editor completes", () => {
  const IN_FRONTS = ["cdktf", "pulumi"].flatMap((front) => {
    const imports = `import type { IServiceAccount } from "glsa/${front}";\ndeclare const account: IServiceAccount;\n`;
    return [
      [`roles in ${front}`, `${imports}account.joinProject("a/b", "|");`, "maintainer"],
      [`scopes in ${front}`, `${imports}account.addToken("ci", { scopes: ["|"] });`, "read_api"],
    ] as const;
  });
  const CASES = [
    ...IN_FRONTS,
    [
      "roles in matchers",
      'import type { ExpectedGrant } from "glsa/testing";\nexport const grant: ExpectedGrant = { role: "|" };',
      "developer",
    ],
  ] as const;
  let service: ts.LanguageService;

  beforeAll(() => {
    const resolution = options(RESOLUTIONS["bundler"] ?? {});
    service = ts.createLanguageService({
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      getCompilationSettings: () => resolution,
      getScriptFileNames: () =>
        CASES.map(([name, text]) => write(`${name}.ts`, text.replace("|", ""))),
      getScriptVersion: () => packageVersion(),
      getScriptSnapshot: (file) => {
        const text = ts.sys.readFile(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
    });
  });

  test.each(CASES)("%s", (name, text, expected) => {
    const offered = service.getCompletionsAtPosition(
      join(folder, `${name}.ts`),
      text.indexOf("|"),
      {},
    );
    expect(offered?.entries.map((entry) => entry.name)).toContain(expected);
  });
});

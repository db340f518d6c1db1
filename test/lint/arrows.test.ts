import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "../..");

const FORBIDDEN = [
  ["src/model/index.ts", "../gitlab"],
  ["src/gitlab/index.ts", "../inventory"],
  ["src/sandbox/index.ts", "../model"],
  ["src/provider/terraform/index.ts", "../../resources"],
  ["src/provider/pulumi/index.ts", "../terraform"],
  ["constructs/cdktf/index.ts", "../../src/gitlab"],
  ["constructs/testing/index.ts", "../cdktf"],
  ["constructs/words/index.ts", "../../src/destinations/implementations"],
  ["src/review/index.ts", "../destinations/vault/implementation"],
  ["src/page/index.ts", "../gitlab"],
  ["src/page/client/main.ts", "../../model"],
  ["src/page/data/search.ts", "../client/dom"],
  ["src/destinations/vault/record.ts", "./implementation"],
  ["src/destinations/file/record.ts", "../../gitlab"],
] as const;
const ALLOWED = ["src/inventory/index.ts", "../gitlab"] as const;

/** Lint is given a text in place of what a file holds: the file itself is neither read nor written. */
const PROGRAM = `
  import { ESLint } from "eslint";
  const eslint = new ESLint({ overrideConfigFile: ".config/eslint.mjs" });
  const words = {};
  for (const [filePath, imported] of JSON.parse(process.argv[1])) {
    const text = \`import * as other from "\${imported}";\\nexport const used = other;\\n\`;
    const [{ messages }] = await eslint.lintText(text, { filePath });
    words[filePath] = messages.map(({ message }) => message);
  }
  console.log(JSON.stringify(words));
`;

let words: Readonly<Record<string, readonly string[]>>;

beforeAll(() => {
  const options = ["--input-type=module", "-e", PROGRAM, JSON.stringify([...FORBIDDEN, ALLOWED])];
  words = JSON.parse(
    execFileSync(process.execPath, options, { cwd: REPOSITORY, encoding: "utf8" }),
  );
}, 300_000);

test.each(FORBIDDEN)("%s may not import %s", (path) => {
  expect(words[path]?.join("\n")).toMatch(/may import/);
});

test("what the arrows allow passes", () => {
  expect(words[ALLOWED[0]]).toEqual([]);
});

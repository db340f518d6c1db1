import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { transpileModule, type Diagnostic } from "typescript";
import {
  chooseAdoption,
  codeFiles,
  codeText,
  KINDS,
  LANGUAGES,
  type Declared,
  type Language,
} from "../../src/adopt";
import type { Picture } from "../../src/estate";
import { ROLE_NAMES, type RoleName } from "../../src/model";
import { engines } from "../support/engine";
import { account, APPS, CHARTS, membership, picture, PLATFORM, token } from "./pictures";

const NOTHING: Declared = { has: () => false, officialAddress: () => undefined };
const UNSEEN = /(?!\n|\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const EVERYTHING = { kinds: new Set(KINDS) };

const adoptionOf = (of: Picture) => chooseAdoption(of, NOTHING, EVERYTHING);

/** What could end a string, a comment or a line, and widths that a formatter counts. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        "`",
        "\\",
        "\n",
        "\r\n",
        "${x}",
        "%{ if true }",
        "$${",
        "*/",
        "//",
        "#",
        "\u202e",
        "\u2028",
        "名前",
        "🤖",
        "é",
        "\u{e0041}",
        "</script>",
        " ",
      ),
      fc.string({ maxLength: 12 }),
      fc.lorem({ maxCount: 3 }),
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map((parts) => parts.join("").trim())
  .filter((text) => text !== "");
const username = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,70}[A-Za-z0-9_]$/);
const path = fc.stringMatching(/^[a-z][a-z0-9]{0,20}(\/[a-z][a-z0-9-]{0,20}[a-z0-9]){0,4}$/);
const scopes = fc.uniqueArray(
  fc.constantFrom(
    "api",
    "read_api",
    "read_repository",
    "write_repository",
    "read_virtual_registry",
    "new_scope",
  ),
  { minLength: 1, maxLength: 6 },
);

const anyPicture: fc.Arbitrary<Picture> = fc
  .uniqueArray(
    fc.record({
      username,
      name: hostile,
      email: fc.constantFrom(null, "bots@example.com"),
      state: fc.constantFrom("active", "blocked"),
      owner: fc.constantFrom("instance" as const, "group" as const, "project" as const),
      path,
      tokens: fc.array(
        fc.record({ name: hostile, description: hostile, scopes, ends: fc.boolean() }),
        { maxLength: 3 },
      ),
      memberships: fc.uniqueArray(
        fc.record({
          path,
          role: fc.constantFrom<RoleName>(...ROLE_NAMES),
          custom: fc.boolean(),
          ends: fc.boolean(),
        }),
        { maxLength: 3, selector: ({ path: where }) => where },
      ),
    }),
    { minLength: 1, maxLength: 4, selector: (one) => one.username.toLowerCase() },
  )
  .map((rows) =>
    picture({
      accounts: rows.map((row, at) => {
        const owner =
          row.owner === "instance"
            ? { kind: row.owner, path: null }
            : { kind: row.owner, id: 100 + at, path: row.path };
        return account(at + 1, row.username, {
          name: row.name,
          email: row.email,
          state: row.state,
          owner,
        });
      }),
      tokens: rows.flatMap((row, at) =>
        row.tokens.map(({ ends, ...fields }, nth) =>
          token(1000 + at * 10 + nth, at + 1, { ...fields, expiresAt: ends ? "2027-03-01" : null }),
        ),
      ),
      memberships: rows.flatMap((row, at) =>
        row.memberships.map((one, nth) =>
          membership(
            at + 1,
            { kind: "group", id: 500 + nth, path: one.path, parentId: null },
            {
              role: one.role,
              customRole: one.custom ? { id: 3, name: null } : null,
              expiresAt: one.ends ? "2027-05-01" : null,
            },
          ),
        ),
      ),
    }),
  );

const SAMPLES = fc.sample(anyPicture, { numRuns: 200, seed: Date.now() });

/** What Prettier's check says of files in a folder of their own, where it finds no settings. */
function unformatted(
  files: readonly { readonly name: string; readonly content: string }[],
): string {
  const folder = mkdtempSync(join(tmpdir(), "glsa-format-"));
  try {
    for (const { name, content } of files) writeFileSync(join(folder, name), content);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        require.resolve("prettier/bin/prettier.cjs"),
        "--no-config",
        "--no-editorconfig",
        "--list-different",
        ".",
      ],
      { cwd: folder, encoding: "utf8" },
    );
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(["cdktf", "pulumi"] as const)("TypeScript for %s", (language) => {
  test("is what Prettier leaves, and compiles, whatever names are in it", () => {
    const files = SAMPLES.map((of, at) => ({
      name: `${at}.ts`,
      content: codeText(adoptionOf(of), language),
    }));
    expect(files.flatMap(({ content }) => syntaxErrors(content))).toEqual([]);
    expect(unformatted(files)).toBe("");
  });

  // What would begin an interpolation means itself in Terraform's templates, and Pulumi has none.
  const inTemplates = (text: string) =>
    language === "cdktf" ? text.replace(/[$%](?=\{)/g, "$&$&") : text;

  test("holds names and descriptions as they are, and shows what nobody would see", () => {
    for (const of of SAMPLES) {
      const code = codeText(adoptionOf(of), language);
      expect(code).not.toMatch(UNSEEN);
      const said = stringsIn(code);
      const { accounts } = adoptionOf(of);
      for (const { tokenName, description } of accounts.flatMap(({ tokens }) => tokens)) {
        expect(said).toContain(inTemplates(tokenName));
        if (description !== null) expect(said).toContain(inTemplates(description));
      }
    }
  });

  test("has an index that Prettier leaves, too, and that takes in every file once", () => {
    const indexes = SAMPLES.map((of, at) => {
      const files = codeFiles(adoptionOf(of), { language, stack: "test", existing: new Map() });
      const content = files.find(({ name }) => name === "index.ts")?.content ?? "";
      for (const { name } of files.filter(({ isIndex }) => !isIndex)) {
        expect(content.split(`"./${name.replace(".ts", "")}"`)).toHaveLength(2);
      }
      return { name: `${at}.ts`, content };
    });
    expect(unformatted(indexes)).toBe("");
  });
});

const engine = engines()[0];

(engine === undefined ? describe.skip : describe)("HCL", () => {
  test("is what the engine's formatter leaves, whatever names are in it", () => {
    const code = SAMPLES.map((of) => codeText(adoptionOf(of), "hcl")).join("\n");
    const options = { input: code, encoding: "utf8", maxBuffer: 2 ** 26 } as const;
    expect(execFileSync(engine?.binary ?? "", ["fmt", "-"], options)).toBe(code);
  });

  test("shows what nobody would see", () => {
    for (const of of SAMPLES) expect(codeText(adoptionOf(of), "hcl")).not.toMatch(UNSEEN);
  });
});

test.each<Language>([...LANGUAGES])("what %s looks like", (language) => {
  const of = picture({
    accounts: [
      account(345, "platform-deployer", { name: "Platform deployer", email: "bots@example.com" }),
      account(346, "auditor", { owner: { kind: "instance", path: null }, state: "blocked" }),
    ],
    tokens: [
      token(678, 345, {
        description: "deploys",
        scopes: ["read_api", "read_registry"],
        lastUsedAt: "2026-11-20T10:00:00.000Z",
      }),
      token(679, 346, { name: "audit", expiresAt: null, scopes: ["new_scope"] }),
    ],
    memberships: [
      membership(345, APPS),
      membership(345, CHARTS, { role: "maintainer", expiresAt: "2027-05-01" }),
      membership(346, PLATFORM, { role: "guest", customRole: { id: 3, name: "Auditor" } }),
    ],
  });
  expect(codeText(adoptionOf(of), language)).toMatchSnapshot();
});

function syntaxErrors(code: string): (string | Diagnostic["messageText"])[] {
  const { diagnostics = [] } = transpileModule(code, { reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => messageText);
}

/** The values of all string literals. */
function stringsIn(code: string): string[] {
  const literals = code.match(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g) ?? [];
  return literals.map((literal) => new Function(`return ${literal};`)() as string);
}

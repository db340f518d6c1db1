import fc from "fast-check";
import {
  chooseAdoption,
  codeFiles,
  codeText,
  declaredBy,
  KINDS,
  writtenIn,
  type Language,
} from "../../src/adopt";
import type { Picture } from "../../src/estate";
import { account, APPS, CHARTS, membership, picture, token } from "./pictures";

const WANTED = { kinds: new Set(KINDS) };
type Existing = ReadonlyMap<string, string>;

const ESTATE = picture({
  accounts: [account(345, "deployer"), account(346, "de-ployer"), account(347, "de.ployer")],
  tokens: [token(678, 345), token(679, 346, { name: "audit" })],
  memberships: [membership(345, APPS), membership(346, CHARTS)],
});

/** What one run writes into a folder, and the folder after it. */
function run(of: Picture, language: Language, existing: Existing = new Map(), file?: string) {
  const declared = declaredBy([], writtenIn(language, existing), of);
  const adoption = chooseAdoption(of, declared, WANTED);
  const files = codeFiles(adoption, { language, stack: "test", existing, ...(file && { file }) });
  const folder = new Map([
    ...existing,
    ...files.map(({ name, content }) => [name, content] as const),
  ]);
  return { adoption, files, folder };
}

const leftOut = (of: Picture) =>
  chooseAdoption(of, declaredBy([], writtenIn("hcl", new Map()), of), WANTED).leftOut;
const adopted = (of: Picture) => run(of, "hcl").adoption.accounts;

test.each([
  ["an agent of GitLab", account(1, "ai-review", { kind: "agent" }), /own agents/],
  ["an account that is being deleted", account(1, "bot", { isDeletionPending: true }), /deleted/],
  ["an account of another owner", account(1, "bot", { isForeign: true }), /outside/],
  ["an account of no known owner", account(1, "bot", { owner: null }), /did not tell/],
  ["an account that could not be declared", account(1, "api"), /username/],
])("%s is left out, with all that it has", (_, one, reason) => {
  const of = picture({
    accounts: [one],
    tokens: [token(2, 1)],
    memberships: [membership(1, APPS)],
  });
  expect(adopted(of)).toEqual([]);
  expect(leftOut(of)).toEqual([
    { label: one.username, reason: expect.stringMatching(reason) as string },
  ]);
});

test.each([
  [
    "a token that glsa made",
    token(2, 1, { marker: { key: "0".repeat(20), generation: 1 } }),
    /--state/,
  ],
  ["a fine-grained token", token(2, 1, { isGranular: true, scopes: ["granular"] }), /fine-grained/],
  ["an older token of a name", token(2, 1, { name: "twin" }), /newer token/],
])("%s is left out, and its account is not", (_, one, reason) => {
  const of = picture({
    accounts: [account(1, "bot")],
    tokens: [one, token(9, 1, { name: "twin" })],
  });
  expect(adopted(of)).toMatchObject([{ username: "bot", tokens: [{ tokenId: 9 }] }]);
  expect(leftOut(of)).toMatchObject([{ reason: expect.stringMatching(reason) as string }]);
});

test("revoked and expired tokens are not mentioned, and take no name from a live one", () => {
  const of = picture({
    accounts: [account(1, "bot")],
    tokens: [token(2, 1, { state: "revoked" }), token(3, 1, { state: "expired" }), token(4, 1)],
  });
  expect(adopted(of)).toMatchObject([{ tokens: [{ tokenId: 4, name: "bot-ci" }] }]);
  expect(leftOut(of)).toEqual([]);
});

test("an access level of a later GitLab is left out and said", () => {
  const of = picture({
    accounts: [account(1, "bot")],
    memberships: [membership(1, APPS, { role: null, accessLevel: 35 })],
  });
  expect(leftOut(of)).toEqual([
    {
      label: "the membership of bot in platform/apps",
      reason: expect.stringContaining("35") as string,
    },
  ]);
});

test("filters take accounts by name and by use, and kinds of objects", () => {
  const of = picture({
    accounts: [account(1, "old-bot"), account(2, "new-bot")],
    tokens: [
      token(3, 1, { lastUsedAt: "2026-01-30T23:59:59.000Z" }),
      token(4, 2, { lastUsedAt: "2026-01-31T00:00:00.000Z" }),
    ],
  });
  const names = (wanted: object) =>
    chooseAdoption(of, declaredBy([], writtenIn("hcl", new Map()), of), {
      ...WANTED,
      ...wanted,
    }).accounts.map(({ username, origin, tokens }) => [username, origin !== null, tokens.length]);
  expect(names({ usedSince: "2026-01-31" })).toEqual([["new-bot", true, 1]]);
  expect(names({ isWanted: (name: string) => name.startsWith("old") })).toEqual([
    ["old-bot", true, 1],
  ]);
  expect(names({ kinds: new Set(["tokens"]) })).toEqual([
    ["old-bot", false, 1],
    ["new-bot", false, 1],
  ]);
});

test.each<[Language, string]>([
  ["hcl", "all.tf"],
  ["cdktf", "all.ts"],
  ["pulumi", "all.ts"],
])("a second run of %s writes nothing, into one file or many", (language, file) => {
  for (const into of [file, undefined]) {
    const first = run(ESTATE, language, new Map(), into);
    expect(first.adoption.accounts).toHaveLength(3);
    const second = run(ESTATE, language, first.folder, into);
    expect(second.files).toEqual([]);
  }
});

test.each<[Language, string]>([
  ["hcl", "all.tf"],
  ["cdktf", "all.ts"],
  ["pulumi", "all.ts"],
])("a later run of %s adds what is new in further files, and changes none", (language, file) => {
  const more = { ...ESTATE, memberships: [...ESTATE.memberships, membership(345, CHARTS)] };
  for (const into of [file, undefined]) {
    const first = run(ESTATE, language, new Map(), into);
    const { files, folder } = run(more, language, first.folder, into);
    const added = files.filter(({ isIndex }) => !isIndex);
    expect(added.map(({ name }) => name)).toEqual([
      into === undefined
        ? language === "hcl"
          ? "deployer-2.tf"
          : "deployer-2.ts"
        : file.replace(".", "-2."),
    ]);
    expect(added[0]?.content).toContain("project:7:345");
    expect(added[0]?.content).not.toContain("group:14:345");
    expect(run(more, language, folder, into).files).toEqual([]);
  }
});

test("a new membership refers to the account's resource in the same folder, elsewhere to a data source", () => {
  const more = { ...ESTATE, memberships: [membership(345, CHARTS)] };
  const renamed = new Map([
    ["main.tf", 'import {\n  to = glsa_service_account.mine\n  id = "group:12:345"\n}\n'],
  ]);
  const here = run(more, "hcl", renamed, "new.tf")
    .files.map(({ content }) => content)
    .join("");
  expect(here).toContain("service_account_id = glsa_service_account.mine.id");
  const declared = {
    has: ({ kind }: { kind: string }) => kind === "account",
    officialAddress: () => undefined,
  };
  const elsewhere = codeText(chooseAdoption(more, declared, WANTED), "hcl");
  expect(elsewhere).toContain('data "glsa_service_account" "deployer"');
  expect(elsewhere).toContain("service_account_id = data.glsa_service_account.deployer.id");
});

test("objects are known by their resources' names where the import blocks are gone", () => {
  const { folder } = run(ESTATE, "hcl", new Map(), "all.tf");
  const without = new Map(
    [...folder].map(([name, text]) => [name, text.replace(/import \{[^}]*\}\n\n/g, "")]),
  );
  expect(run(ESTATE, "hcl", without, "all.tf").files).toEqual([]);
});

test("names stay the same whatever is filtered, and tell apart what would be called the same", () => {
  const all = adopted(ESTATE).map(({ name }) => name);
  expect(all).toEqual(["deployer", "de-ployer", "de-ployer-347"]);
  const some = chooseAdoption(ESTATE, declaredBy([], writtenIn("hcl", new Map()), ESTATE), {
    ...WANTED,
    isWanted: (name) => name === "de.ployer",
  });
  expect(some.accounts.map(({ name }) => name)).toEqual(["de-ployer-347"]);
});

test("every object has a name of its own, which is an identifier", () => {
  const username = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,50}[A-Za-z0-9_]$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(username, { selector: (name) => name.toLowerCase(), maxLength: 20 }),
      (names) => {
        const of = picture({
          accounts: names.map((name, at) => account(at + 1, name)),
          tokens: names.flatMap((name, at) => [
            token(100 + at, at + 1),
            token(200 + at, at + 1, { name }),
          ]),
        });
        const code = codeText(run(of, "hcl").adoption, "hcl");
        const labels = [...code.matchAll(/^resource "(\w+)" "([^"]+)"/gm)].map(
          ([, type, name]) => `${type}.${name}`,
        );
        expect(new Set(labels).size).toBe(labels.length);
        for (const label of labels) expect(label).toMatch(/^\w+\.[a-z_][a-z0-9_]*$/);
        const constants =
          codeText(run(of, "pulumi").adoption, "pulumi").match(/^export const \w+/gm) ?? [];
        expect(new Set(constants).size).toBe(constants.length);
      },
    ),
  );
});

test("what a state of glsa declares is left out, and what one of the official provider declares is moved", () => {
  const state = {
    accounts: [
      { address: "glsa_service_account.mine", userId: 346 },
      { address: "gitlab_group_service_account.bot", userId: 345 },
    ],
    tokens: [
      { address: 'module.a["b.c"].glsa_access_token.audit[0]', tokenId: 680, others: [679] },
    ],
    memberships: [
      {
        address: "gitlab_group_membership.apps",
        userId: 345,
        container: { kind: "group", id: undefined, path: "Platform/Apps" },
      },
    ],
  } as const;
  const declared = declaredBy([state], writtenIn("hcl", new Map()), ESTATE);
  const adoption = chooseAdoption(ESTATE, declared, WANTED);
  const code = codeText(adoption, "hcl");
  expect(code).not.toContain('resource "glsa_service_account" "de_ployer"');
  expect(code).not.toContain("679");
  expect(code).toContain(
    "moved {\n  from = gitlab_group_service_account.bot\n  to   = glsa_service_account.deployer\n}",
  );
  expect(code).toContain("from = gitlab_group_membership.apps");
  expect(codeText(adoption, "cdktf")).toContain('moveFrom: "gitlab_group_service_account.bot"');
  expect(codeText(adoption, "pulumi")).toContain('import: "group:12:345"');
});

test("what moves from the official provider is not written again, and an address that means more is imported", () => {
  const at = (address: string) => ({
    accounts: [],
    tokens: [{ address, tokenId: 678, others: [] }],
    memberships: [],
  });
  const movable = 'module.bots["a"].gitlab_group_service_account_access_token.ci["b.c"]';
  for (const [language, file] of [
    ["hcl", "all.tf"],
    ["cdktf", "all.ts"],
  ] as const) {
    const runWith = (existing: Existing) => {
      const declared = declaredBy([at(movable)], writtenIn(language, existing), ESTATE);
      const adoption = chooseAdoption(ESTATE, declared, { kinds: new Set(["tokens"]) });
      return codeFiles(adoption, { language, stack: "test", existing, file });
    };
    const first = runWith(new Map());
    expect(first[0]?.content).toContain(language === "hcl" ? `from = ${movable}` : "moveFrom:");
    expect(runWith(new Map(first.map(({ name, content }) => [name, content])))).toEqual([]);
  }
  const hostile = 'gitlab_group_service_account_access_token.ci["${file(1)}"]';
  const declared = declaredBy([at(hostile)], writtenIn("hcl", new Map()), ESTATE);
  const code = codeText(chooseAdoption(ESTATE, declared, WANTED), "hcl");
  expect(code).not.toContain("file(1)");
  expect(code).toContain('id = "group:12:345:678"');
});

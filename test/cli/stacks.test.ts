import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays, utcDate } from "../../src/model";
import { runGlsa } from "./run-glsa";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "glsa-stacks-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const today = utcDate(new Date());
const inDays = (days: number) => addDays(today, days);

function token(name: string, attributes: object) {
  const common = {
    ...{ id: "group:1:2:3", service_account_id: "group:1:2", name, scopes: ["api"] },
    ...{ token_id: 3, generation: 1, status: "active", previous: [], strays: [] },
  };
  const instances = [{ attributes: { ...common, ...attributes } }];
  return { mode: "managed", type: "glsa_access_token", name, instances };
}

function state(...resources: object[]): string {
  return JSON.stringify({ version: 4, serial: 1, lineage: "x", resources });
}

function write(states: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(states))
    writeFileSync(join(folder, `${name}.json`), text);
  const stacks = [...Object.keys(states), "gone"].map((name) => ({
    name,
    folder: `stacks/${name}$A`,
    state: `${name}.json`,
  }));
  writeFileSync(join(folder, "glsa.stacks.json"), JSON.stringify({ stacks }));
}

const STATES = {
  due: state(
    token("one", { rotates_at: inDays(-1), valid_until: inDays(9), waits_since: inDays(-1) }),
    token("two", { rotates_at: inDays(0), valid_until: inDays(10) }),
    token("later", { rotates_at: inDays(5), valid_until: inDays(15) }),
  ),
  quiet: state(token("one", { rotates_at: inDays(3), valid_until: inDays(13) })),
  ending: state(token("one", { expires_at: inDays(6), valid_until: inDays(6) })),
  odd: "{}",
};

test("each stack is told by what its state says, and one that cannot be read is no quiet one", async () => {
  write(STATES);
  const { code, stdout } = await runGlsa(["stacks"], { cwd: folder });
  expect(code).toBe(1);
  const lines = stdout.trim().split("\n");
  expect(lines.slice(0, 3)).toEqual([
    `due: 2 due, 1 of them waited for this run, next on ${inDays(5)}`,
    `quiet: nothing is due, next on ${inDays(3)}`,
    "ending: nothing is due, 1 expiring",
  ]);
  expect(lines[3]).toContain("odd: UNREADABLE: ");
  expect(lines[4]).toContain("gone: UNREADABLE: ");
});

test("a child pipeline of GitLab and a matrix of GitHub have only those that a run is for", async () => {
  write(STATES);
  const { stdout } = await runGlsa(
    ["stacks", "--format", "github-matrix", "--output", "gitlab-pipeline=tonight.yml"],
    { cwd: folder },
  );
  const meant = ["due", "odd", "gone"];
  expect(JSON.parse(stdout)).toEqual({
    include: meant.map((name) => ({ stack: name, folder: `stacks/${name}$A` })),
  });
  const pipeline = JSON.parse(readFileSync(join(folder, "tonight.yml"), "utf8")) as object;
  expect(Object.keys(pipeline)).toEqual(["include", ...meant.map((name) => `rotate: ${name}`)]);
  expect(pipeline).toMatchObject({
    include: [{ local: ".gitlab/rotate.yml" }],
    // GitLab expands a dollar.
    "rotate: due": {
      extends: ".rotate",
      variables: { GLSA_STACK_NAME: "due", GLSA_FOLDER: "stacks/due$$A" },
    },
  });
});

test("where nothing is due the pipeline says so, since it must have a job", async () => {
  write({ quiet: STATES.quiet });
  const list = { stacks: [{ name: "quiet", state: "quiet.json" }] };
  writeFileSync(join(folder, "glsa.stacks.json"), JSON.stringify(list));
  const { code, stdout } = await runGlsa(["stacks", "--format", "gitlab-pipeline"], {
    cwd: folder,
  });
  expect(code).toBe(0);
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual(["nothing is due"]);
});

test.each([
  ["[]", "It must have a list"],
  ['{ "stacks": [] }', "It must have a list"],
  ['{ "stacks": [{ "name": "a", "state": "a", "foldr": "." }] }', 'unknown key "foldr"'],
  ['{ "stacks": [{ "name": "a" }] }', "needs texts"],
  ['{ "stacks": [{ "name": "a", "state": "a" }, { "name": "a", "state": "b" }] }', "Two stacks"],
  ["{", "cannot be used"],
])("a list that is wrong is refused: %s", async (text, words) => {
  writeFileSync(join(folder, "glsa.stacks.json"), text);
  const { code, stderr } = await runGlsa(["stacks"], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});

import { describeEachEngine, NO_CHANGES, succeeded } from "../../support/engine";
import { fixtureWorkspace, removeFixtures, storeOf } from "../fixture/workspace";

afterAll(removeFixtures);

const LATE = `resource "terraform_data" "late" {
  input = "late"
}
`;

describeEachEngine("values that come late", (engine) => {
  test.each([
    ["wholly unknown", "name = terraform_data.late.output"],
    ["unknown but for a prefix", 'name = "a-${terraform_data.late.output}"'],
    ["unknown inside a set", 'name = "a"\n  tags = ["x", terraform_data.late.output]'],
    ["unknown inside a map", 'name = "a"\n  weights = { x = length(terraform_data.late.id) }'],
    [
      "unknown inside an object",
      'name = "a"\n  limits {\n high = length(terraform_data.late.id)\n }',
    ],
    [
      "unknown as a list of blocks",
      'name = "a"\n  dynamic "ports" {\n for_each = terraform_data.late.id == "" ? [] : [1]\n content {\n number = 1\n }\n }',
    ],
    [
      "unknown as a list of blocks that turns out empty",
      'name = "a"\n  dynamic "ports" {\n for_each = terraform_data.late.id == "" ? [1] : []\n content {\n number = 1\n }\n }',
    ],
    [
      "unknown as a single block",
      'name = "a"\n  dynamic "limits" {\n for_each = terraform_data.late.id == "" ? [] : [1]\n content {\n high = 1\n }\n }',
    ],
  ])("%s: planned, applied, then nothing to do", async (_kind, lines) => {
    const work = fixtureWorkspace(
      engine,
      `${LATE}\nresource "fixture_thing" "a" {\n  ${lines}\n}\n`,
    );
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("what only the provider knows is unknown in the plan", async () => {
    const work = fixtureWorkspace(
      engine,
      'resource "fixture_thing" "a" {\n  name = "a"\n  ports {\n number = 1\n }\n}\n',
    );
    const change = (await (await work.plan()).json()).resource_changes?.[0]?.change;
    expect(change?.after_unknown).toMatchObject({ id: true, ports: [{ handle: true }] });
    expect(change?.after).toMatchObject({ size: 0.1, ports: [{ protocol: "tcp" }] });
    expect(change?.after_sensitive).toMatchObject({ secret: true });
  });
});

describeEachEngine("what is only read", (engine) => {
  test("a data source waits for what it depends on", async () => {
    const work = fixtureWorkspace(
      engine,
      `resource "fixture_thing" "a" {
  name = "a"
}
data "fixture_lookup" "a" {
  id = fixture_thing.a.id
}
output "name" {
  value = data.fixture_lookup.a.name
}
`,
    );
    succeeded(await work.apply());
    expect((await work.show()).values?.outputs?.name?.value).toBe("a");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("a data source's error points at its argument", async () => {
    const work = fixtureWorkspace(engine, 'data "fixture_lookup" "a" {\n  id = "nobody"\n}\n');
    const found = (await work.diagnostics()).find(({ summary }) => summary === "Not there");
    expect(found).toMatchObject({ range: { filename: "main.tf", start: { line: 2 } } });
  });

  test("an ephemeral resource is opened, used, closed and in no state", async () => {
    const work = fixtureWorkspace(
      engine,
      `ephemeral "fixture_pass" "p" {
  holder = "me"
}
provider "fixture" {
  alias = "second"
  store = ephemeral.fixture_pass.p.code == "code-me" ? "second.json" : ""
}
resource "fixture_thing" "a" {
  provider = fixture.second
  name     = "a"
}
`,
    );
    succeeded(await work.apply());
    expect(storeOf(work)).toEqual({ "pass-me": { status: "closed" } });
    expect(storeOf(work, "second.json")).toHaveProperty("thing-a");
    expect(JSON.stringify(work.stateRaw())).not.toContain("code-me");
  });
});

import { describeEachEngine, succeeded, type EngineDiagnostic } from "../../support/engine";
import { fixtureWorkspace, removeFixtures } from "../fixture/workspace";

afterAll(removeFixtures);

function thing(lines: string): string {
  return `resource "fixture_thing" "a" {
  name = "a"
  ${lines}
}
`;
}

/** Without the engine's own warning of a provider that is not installed. */
function ofProvider(diagnostics: readonly EngineDiagnostic[]): EngineDiagnostic[] {
  return diagnostics.filter(({ summary }) => !summary.includes("development overrides"));
}

describeEachEngine("diagnostics", (engine) => {
  test.each([
    ["in a list of objects", "ports {\nnumber = 1\n}\nports {\nnumber = 0\n}", "Bad port", 7],
    ["in a map", "weights = {\nlead = 0\n}", "Too light", 4],
    ["in an object", "limits {\nhigh = 0\n}", "Too low", 4],
  ])("point at the place %s", async (_where, lines, summary, line) => {
    const work = fixtureWorkspace(engine, thing(lines));
    expect(ofProvider(await work.diagnostics())).toMatchObject([
      { severity: "error", summary, range: { start: { line } } },
    ]);
  });

  test("of the provider's configuration point at it", async () => {
    const work = fixtureWorkspace(engine, thing(""));
    work.write({ "header.tf": headerWithStore("") });
    expect(ofProvider(await work.diagnostics())[0]).toMatchObject({
      summary: "No store",
      range: { filename: "header.tf" },
    });
  });

  test("of a provider that refuses its configuration reach the user", async () => {
    const work = fixtureWorkspace(engine, thing(""));
    work.write({ "header.tf": headerWithStore("refused") });
    expect(ofProvider(await work.diagnostics())[0]).toMatchObject({
      summary: "Store refused",
      detail: "Name another. [store-refused]",
    });
  });

  test("of a failed create leave nothing in the state", async () => {
    const work = fixtureWorkspace(engine, thing('fail = "create"'));
    expect(ofProvider(await work.diagnostics("apply"))[0]).toMatchObject({
      severity: "error",
      summary: "Refused",
      address: "fixture_thing.a",
    });
    expect(await work.resource("fixture_thing.a")).toBeUndefined();
  });

  test("warn of what a create left over, without an error", async () => {
    const work = fixtureWorkspace(engine, thing('fail = "warn"'));
    const [found] = ofProvider(await work.diagnostics("apply"));
    expect(found).toMatchObject({ severity: "warning", summary: "Mind the gap" });
    expect((await work.resource("fixture_thing.a"))?.tainted).toBeUndefined();
  });

  test("of an update that went half-way go out with the state that is true", async () => {
    const work = fixtureWorkspace(engine, thing(""));
    succeeded(await work.apply());
    work.write({ "main.tf": thing('size = 5\nfail = "half-way"').replace('"a"\n', '"b"\n') });
    expect(ofProvider(await work.diagnostics("apply"))[0]).toMatchObject({ summary: "Half-way" });
    const after = await work.resource("fixture_thing.a");
    expect(after?.values).toMatchObject({ name: "b", size: 0.1, revision: 2 });
    expect(after?.tainted).toBeUndefined();
  });

  test("of an update that failed leave the state as it was", async () => {
    const work = fixtureWorkspace(engine, thing(""));
    succeeded(await work.apply());
    const before = work.stateRaw()?.resources;
    work.write({ "main.tf": thing('size = 5\nfail = "update"') });
    expect(ofProvider(await work.diagnostics("apply"))[0]).toMatchObject({ summary: "Busy" });
    expect(work.stateRaw()?.resources[0]?.instances[0]?.attributes).toEqual(
      before?.[0]?.instances[0]?.attributes,
    );
  });

  test("refuse a planned deletion", async () => {
    const work = fixtureWorkspace(engine, thing('fail = "delete-plan"'));
    succeeded(await work.apply());
    const run = await work.destroy();
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("This thing stays.");
  });

  test("of a failed delete keep the object in the state", async () => {
    const work = fixtureWorkspace(engine, thing('fail = "delete"'));
    succeeded(await work.apply());
    expect((await work.destroy()).stderr).toContain("Free it first.");
    expect(await work.resource("fixture_thing.a")).toBeDefined();
  });

  test("of an import name what is missing", async () => {
    const work = fixtureWorkspace(engine, thing(""));
    expect((await work.import("fixture_thing.a", "nobody")).stderr).toContain("No such thing");
  });

  test("call an unexpected error a bug, and keep its stack for the log", async () => {
    const work = fixtureWorkspace(engine, thing('fail = "plan"'), { logLevel: "DEBUG" });
    const [found] = ofProvider(await work.diagnostics());
    expect(found).toMatchObject({
      summary: "fixture_thing failed unexpectedly",
      detail: expect.stringMatching(/plan went wrong[^]*bug in fixture/),
    });
    expect(found?.detail).not.toContain(" at ");
    expect(work.log()).toMatch(/\[ERROR\][^\n]*unexpected error/);
    expect(work.log()).toContain("TypeError: plan went wrong");
    expect(work.log()).toMatch(/\[INFO\][^\n]*provider started/);
  });

  test("name the attribute that is still unknown after apply", async () => {
    const work = fixtureWorkspace(engine, thing('fail = "unknown"'));
    const [found] = ofProvider(await work.diagnostics("apply"));
    expect(found?.detail).toContain('"secret" was not known after apply.');
    expect((await work.resource("fixture_thing.a"))?.values).toMatchObject({ id: "thing-a" });
  });
});

function headerWithStore(store: string): string {
  return `terraform {
  required_providers {
    fixture = { source = "fixture.internal/test/fixture" }
  }
}

provider "fixture" {
  store = "${store}"
}
`;
}

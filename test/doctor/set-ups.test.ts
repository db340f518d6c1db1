import { diagnosisJson, diagnosisText, type Setup } from "../../src/doctor";
import { runtime } from "../../src/doctor/checks/runtime";
import { fault } from "../../src/doctor/finding";
import { cleanUpWorkspaces, describeEnginesInTurn } from "../support/engine";
import { BROKEN, DOUBTFUL } from "./broken";
import { Scene } from "./scene";

jest.setTimeout(60_000);

describeEnginesInTurn("glsa doctor", (engine) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await Scene.make(engine);
  });
  afterEach(() => scene.mend());
  afterAll(async () => {
    await scene.close();
    cleanUpWorkspaces();
  });

  test("a set-up that works is fine in everything, and nothing was changed", async () => {
    await scene.gitlab.forgetRequests();
    const { code, findings, skipped } = await scene.look({ parameters: ["--init"] });
    expect(findings.filter(({ status }) => status !== "fine")).toEqual([]);
    expect([code, skipped]).toEqual([0, []]);
    expect(findings.length).toBeGreaterThanOrEqual(18);
    const lock = `/projects/${scene.ids.charts}/terraform/state/doctor/lock`;
    const others = (await scene.gitlab.writes()).filter((write) => !write.includes(lock));
    expect(others).toEqual([]);
  });

  test.each([...BROKEN, ...DOUBTFUL])(
    "$it is named first",
    async ({ breaks, check, code, says = "" }) => {
      const look = (await breaks(scene)) ?? {};
      const { findings, code: exit } = await scene.look(look);
      const [first] = findings;
      expect(first).toMatchObject({ status: expect.stringMatching("fault|warning"), check, code });
      expect(`${first?.what} ${first?.remedy}`).toMatch(says);
      expect(exit).toBe(first?.status === "fault" ? 3 : 2);
    },
  );
});

test("there are at least 30 broken set-ups", () => {
  expect(BROKEN.length).toBeGreaterThanOrEqual(30);
});

test("names that are hostile do no harm in either output", () => {
  const name = 'a\u001b[31m\u202eevil\n::error::x"';
  const finding = fault("missing-right", `Token ${name}`, `Ask ${name}`);
  const diagnosis = { findings: [{ check: "rights" as const, ...finding }], skipped: [] };
  const lines = diagnosisText(diagnosis).split("\n");
  expect(lines).toHaveLength(5);
  expect(JSON.parse(diagnosisJson(diagnosis))).toMatchObject({
    findings: [{ what: `Token ${name}` }],
  });
  for (const text of [...lines, diagnosisJson(diagnosis)]) {
    for (const harm of ["\u001b", "\u202e", " ::error"]) expect(text).not.toContain(harm);
  }
});

test("what a newer Node would be needed for is said by an old one, and not by an executable", async () => {
  const looked = (node: string, isExecutable: boolean) =>
    runtime.examine({ given: { version: "1.0.0", runtime: { node, isExecutable } } } as Setup);
  expect(await looked("18.20.0", false)).toMatchObject([{ status: "fault", code: "old-node" }]);
  expect(await looked("18.20.0", true)).toMatchObject([{ status: "fine" }]);
  expect(await looked("20.18.0", false)).toMatchObject([{ status: "fine" }]);
});

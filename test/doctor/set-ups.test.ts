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

  test("a plan says what is needed for an account that does not exist yet", async () => {
    const { gitlab, work } = scene;
    await gitlab.group("elsewhere");
    scene.write(
      "more.tf",
      'resource "glsa_service_account" "other" {\n  group = "elsewhere"\n  username = "other"\n  name = "Other"\n}\n',
    );
    const plan = await work.plan({ env: { GITLAB_TOKEN: gitlab.token } });
    const look = { parameters: ["--plan", "-"], input: JSON.stringify(await plan.json()) };
    const { findings, code } = await scene.look(look);
    expect(findings[0]).toMatchObject({ check: "rights", code: "gitlab-not-found" });
    expect(findings[0]?.what).toContain("group elsewhere");
    expect(code).toBe(3);
    const administrators = { ...look, env: { GITLAB_TOKEN: gitlab.token } };
    expect((await scene.look(administrators)).findings[0]?.status).not.toBe("fault");
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

import { readPlan, UnreadablePlanError } from "../../src/review";
import { recordedPlan, TODAY } from "./recorded";

const read = (text: string) => () => readPlan(text, { today: TODAY });
const json = (value: object) => JSON.stringify(value);

const PULUMI_STREAM = '{"sequence":0,"preludeEvent":{}}\n{"sequence":1,"diagnosticEvent":{}}\n';
const ENGINE_LOG = '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n';

describe("what is no plan is refused with what to give instead", () => {
  test.each([
    ["nothing", "", "The plan is empty"],
    ["blanks", " \n", "The plan is empty"],
    ["a plan file", "PK\u0003\u0004rest", 'Run "terraform show -json PLANFILE" first'],
    ["another encoding", "\u0000{\u0000}", "not text in UTF-8"],
    ["a part of JSON", '{"format_version": "1.2", "resource_cha', "not JSON, or only a part of it"],
    ["a list", "[]", "no plan"],
    ["other JSON", "{}", "it has no format_version"],
    ["a state", recordedPlan("terraform-state"), "This is a state"],
    ["an empty state", json({ format_version: "1.0" }), "This is a state"],
    [
      "a state file",
      json({ version: 4, serial: 1, lineage: "x", resources: [] }),
      "This is a state",
    ],
    ["a stack's state", recordedPlan("pulumi-state"), "This is a stack's state"],
    [
      "another format",
      json({ format_version: "2.0", planned_values: {} }),
      'the format "2.0"; this release reads 1.x',
    ],
    ["Pulumi's stream", PULUMI_STREAM, "Unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW"],
    ["an engine's log", ENGINE_LOG, 'Save the plan with "-out=PLANFILE"'],
    [
      "a plan in the output of a wrapper",
      `[command]/usr/bin/terraform show -json plan.bin\n${json({ format_version: "1.2", planned_values: {} })}\n::debug::{done}\n`,
      "mixed with other output, so that it cannot be trusted to be whole. The wrapper of hashicorp/setup-terraform",
    ],
    [
      "a plan behind a shell's trace",
      `+ terraform show -json plan.bin\n${json({ format_version: "1.2" })}`,
      "mixed with other output",
    ],
    [
      "a preview behind a warning",
      `warning: a new version is available\n${JSON.stringify({ steps: [] }, null, 4)}\nDone {}\n`,
      "mixed with other output",
    ],
    [
      "an unknown action",
      json({
        format_version: "1.2",
        resource_changes: [{ address: "a.b", type: "a", change: { actions: ["reimagine"] } }],
      }),
      'an action that this release does not know: ["reimagine"] of "a.b". Use a newer glsa',
    ],
    [
      "an unknown order of actions",
      json({
        format_version: "1.2",
        planned_values: {},
        resource_drift: [{ address: "a.b", type: "a", change: { actions: ["update", "delete"] } }],
      }),
      "an action that this release does not know",
    ],
    [
      "no action",
      json({
        format_version: "1.2",
        resource_changes: [{ address: "a.b", type: "a", change: { actions: [] } }],
      }),
      "an action that this release does not know",
    ],
    [
      "an unknown step",
      json({ steps: [{ op: "conjure", urn: "urn:pulumi:s::p::t::n" }] }),
      'an action that this release does not know: "conjure"',
    ],
    [
      "an odd change",
      json({ format_version: "1.2", resource_changes: [null] }),
      "resource_changes[0] is not",
    ],
    ["an odd step", json({ steps: [{ op: "create" }] }), "steps[0] is not what it should be"],
    [
      "a preview without some of its steps",
      json({ steps: [], changeSummary: { same: 4, delete: 3 } }),
      'it counts 3 of the steps "delete" and shows 0',
    ],
    [
      "a preview without a list of steps",
      json({ steps: null, changeSummary: { update: 1 } }),
      'it counts 1 of the steps "update" and shows 0',
    ],
    [
      "the plans of two engines in one",
      json({ format_version: "1.2", resource_changes: [], steps: [] }),
      "steps is not what it should be",
    ],
    [
      "a failed preview",
      json({ steps: [], diagnostics: [{ severity: "error", message: "error: no such group\n" }] }),
      "The preview failed, so that it does not show all that would change. Pulumi said: no such group",
    ],
  ])("%s", (_, text, words) => {
    expect(read(text)).toThrow(UnreadablePlanError);
    expect(read(text)).toThrow(words);
  });
});

describe("a plan that changes no service account is a review without changes", () => {
  test.each([
    [
      "terraform",
      { format_version: "1.2", terraform_version: "1.11.4", planned_values: {}, applyable: false },
    ],
    ["opentofu", { format_version: "1.2", terraform_version: "1.12.6", planned_values: {} }],
    ["pulumi", { steps: [], changeSummary: {} }],
    ["pulumi", { duration: 1, changeSummary: {} }],
  ])("%s", (engine, plan) => {
    expect(readPlan(json(plan), { today: TODAY })).toEqual({
      engine,
      accounts: [],
      findings: [],
      notJudged: [],
      errored: false,
      others: { created: 0, changed: 0, deleted: 0 },
      planned: { create: 0, update: 0, delete: 0 },
      remarks: [],
      rotationTargets: [],
    });
  });

  test("and other resources are counted", () => {
    const change = (address: string, actions: string[], mode = "managed") => ({
      address,
      mode,
      type: "random_pet",
      name: address,
      change: { actions },
    });
    const changes = [
      change("a", ["create"]),
      change("b", ["delete", "create"]),
      change("c", ["update"]),
      change("d", ["no-op"]),
      change("e", ["read"], "data"),
    ];
    const plan = json({ format_version: "1.2", planned_values: {}, resource_changes: changes });
    expect(readPlan(plan, { today: TODAY }).others).toEqual({ created: 2, changed: 1, deleted: 1 });
  });
});

test("what a reader must know of the plan itself is told", () => {
  const plan = { format_version: "1.2", planned_values: {} };
  const remarks = (more: object) => readPlan(json({ ...plan, ...more }), { today: TODAY }).remarks;
  expect(remarks({ errored: true, complete: false })).toEqual([
    "Planning failed half-way: what the plan shows is not all, and it cannot be applied. Its log says why.",
  ]);
  expect(remarks({ complete: false, deferred_changes: [{}, {}] })).toEqual([
    "The plan is not complete: 2 changes are deferred, so that a second plan follows its apply.",
  ]);
  expect(remarks({ complete: false })).toHaveLength(1);
  expect(remarks({ complete: true, errored: false })).toEqual([]);
  const withAction = json({ ...plan, action_invocations: [{ address: "action.x_run.y" }] });
  expect(readPlan(withAction, { today: TODAY })).toMatchObject({
    planned: { create: 0, update: 1, delete: 0 },
    remarks: [expect.stringMatching(/also runs 1 action of other providers/)],
  });
});

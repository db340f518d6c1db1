import { appliesSavedPlan } from "../../../src/provider/terraform/engine";

test.each([
  [["terraform", "plan"], false],
  [["terraform", "apply"], false],
  [["terraform", "apply", "-auto-approve", "-var", "a=b", "-target", "x.y"], false],
  [["terraform", "-chdir=stacks/x", "apply", "plan.bin"], true],
  [["tofu", "apply", "-input=false", "-lock-timeout", "1m", "plan.bin"], true],
  [["terraform", "destroy", ""], false],
])("of %j is a plan that was saved applied: %s", (command, expected) => {
  expect(appliesSavedPlan(command)).toBe(expected);
});

test("where the engine's command line cannot be seen, it may be", () => {
  expect(appliesSavedPlan([])).toBe(true);
});

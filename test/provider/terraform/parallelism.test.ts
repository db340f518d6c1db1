import { asksForManyAtOnce } from "../../../src/provider/terraform/engine";

test.each([
  [["terraform", "plan"], {}, true],
  [["tofu", "apply", "-parallelism=30"], {}, true],
  [["terraform", "plan", "-parallelism=1"], {}, false],
  [["terraform", "apply", "--parallelism", "4", "plan.bin"], {}, false],
  [["terraform", "plan", "-parallelism=x"], {}, false],
  [["terraform", "plan", "-parallelism"], {}, false],
  [["terraform", "plan"], { TF_CLI_ARGS: "-no-color -parallelism=2" }, false],
  [["terraform", "plan"], { TF_CLI_ARGS_plan: "'-parallelism=2'" }, false],
  [["terraform", "plan"], { TF_CLI_ARGS_plan: "-parallelism=10" }, true],
  [["terraform", "plan"], { OTHER: "-parallelism=2" }, true],
  // The system does not show it.
  [[], {}, false],
])("%j with %j asks for many objects at once: %s", (command, environment, expected) => {
  expect(asksForManyAtOnce(command, environment)).toBe(expected);
});

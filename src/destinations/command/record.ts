import { timeoutProblem, type Problem } from "../../model";
import { defineDestination } from "../record";

/** A program of the user's own. */
export const command = defineDestination({
  description: "A program that reads the value from its standard input.",
  attributes: {
    argv: {
      type: "list",
      element: "string",
      required: true,
      description:
        "Program and its arguments, run without a shell. The value is on its standard input.",
    },
    check_argv: {
      type: "list",
      element: "string",
      optional: true,
      description: "Program that runs before a token is created. If it fails, no token is created.",
    },
    remove_argv: {
      type: "list",
      element: "string",
      optional: true,
      description: "Program that runs when the token is destroyed or no longer delivered here.",
    },
    timeout: {
      type: "string",
      optional: true,
      computed: true,
      default: "1m",
      description: "Time limit of each program, such as 90s, 10m or 1h.",
    },
  },
  place: ["argv"],
  exact: ["argv"],
  isLocal: true,
  rules: {
    argv: argvRule("argv"),
    check_argv: argvRule("check_argv"),
    remove_argv: argvRule("remove_argv"),
    timeout: { problem: (text) => timeoutProblem("timeout", text) },
  },
  label: ({ argv }, say) => `command ${say(argv)}`,
  review: {
    label: ({ argv }, say) =>
      `command ${Array.isArray(argv) ? argv.map(say).join(" ") : say(argv)}`,
  },
  options: {
    text: "A program of your own, on the machine that runs the apply, that takes a token's value to a place that glsa cannot reach. The value comes on its standard input; it is neither in an argument nor in the environment. The result cannot be read back, so there is no drift.",
    attributes: {
      argv: {
        text: "Program and arguments; no shell is involved. An exit other than 0 is a failed delivery.",
      },
      check_argv: {
        text: "Run before a token is made; an exit other than 0 ends the apply there.",
        unset: "only whether the program can be run is checked",
      },
      remove_argv: {
        text: "Run when the token is destroyed or no longer delivered here.",
        unset: "nothing is run",
      },
      timeout: {
        text: "How long each of them may run, in seconds, minutes or hours: `90s`, `10m` or `1h`.",
      },
    },
  },
});

/** Whether it is a program that can be run is seen where it runs. */
function argvRule(name: string) {
  return {
    problem([program]: readonly unknown[]): Problem | undefined {
      if (program !== undefined && program !== "") return undefined;
      return {
        code: "missing-program",
        summary: `${name} names no program`,
        detail: "Write the program and its arguments as a list.",
      };
    },
    inPrograms(argv: readonly unknown[]): Problem | undefined {
      if (typeof argv[0] === "string" && argv[0].trim() !== "") return undefined;
      return {
        code: "missing-program",
        summary: "It names no program",
        detail: `It must be a program and its arguments; got ${JSON.stringify(argv)}. Write such as ["./publish-token", "production"].`,
      };
    },
  };
}

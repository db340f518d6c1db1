import { terminal } from "../../src/cli/terminal";

const { isTTY } = process.stdout;
const environment = { ...process.env };

afterEach(() => {
  process.stdout.isTTY = isTTY;
  process.env = { ...environment };
});

test.each([
  ["a terminal", true, {}, true],
  ["a pipe or a job's log", false, {}, false],
  ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, false],
  ["a terminal with an empty NO_COLOR", true, { NO_COLOR: "" }, true],
  ["a dumb terminal", true, { TERM: "dumb" }, false],
])("%s", (_, isTerminal, variables, colour) => {
  process.stdout.isTTY = isTerminal;
  process.env = { TERM: "xterm", ...variables };
  expect(terminal().colour).toBe(colour);
});

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
  ["a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
  ["a pipe with FORCE_COLOR and NO_COLOR", false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
  ["a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false],
])("%s", (_, isTerminal, variables, colour) => {
  process.stdout.isTTY = isTerminal;
  process.env = { TERM: "xterm", ...variables };
  expect(terminal().colour).toBe(colour);
});

test.each([
  ["a pipe", false, {}, undefined],
  ["a pipe with COLUMNS", false, { COLUMNS: "60" }, 60],
  ["a pipe with COLUMNS that is no width", false, { COLUMNS: "wide" }, undefined],
  ["a terminal with COLUMNS", true, { COLUMNS: "60" }, 60],
])("%s has its width", (_, isTerminal, variables, columns) => {
  process.stdout.isTTY = isTerminal;
  process.env = { TERM: "xterm", ...variables };
  expect(terminal().columns).toBe(columns);
});

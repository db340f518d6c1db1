import type timers from "node:timers/promises";

// Waits between attempts say nothing about what happens after them.
jest.mock("node:timers/promises", () => {
  const real = jest.requireActual<typeof timers>("node:timers/promises");
  const setTimeout: typeof real.setTimeout = (milliseconds = 0, value, options) =>
    real.setTimeout(milliseconds / 50, value, options);
  return { ...real, setTimeout };
});

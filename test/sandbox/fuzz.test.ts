import fc from "fast-check";
import { useSandbox } from "../../src/sandbox";
import { foreignChanges } from "./fuzz/changes";
import { ask, requests, type RandomRequest } from "./fuzz/requests";
import { leaksIn } from "./fuzz/leaks";
import { inProcess } from "./fuzz/target";
import { callers, createWorld, outsiders, powerless, type World } from "./fuzz/world";

const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z", version: "19.4" });

/** As many runs as fit in. */
const bounded = { numRuns: 100_000, interruptAfterTimeLimit: 3_500 };

let world: World;

beforeEach(async () => {
  const target = inProcess(gitlab);
  world = await createWorld(target);
  await target.keepDeletedUsers();
});

/** A run that ends by its time limit leaves its last request behind. */
let last: Promise<unknown> = Promise.resolve();
afterEach(() => last);

function send(request: RandomRequest) {
  const answer = ask(gitlab.url, request);
  last = answer.catch(() => undefined);
  return answer;
}

test("whatever is asked, by whomever, the answer is never a 500", async () => {
  const sequences = fc.array(requests(world, callers), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      gitlab.control.loadState(world.state);
      for (const request of sequence) expect((await send(request)).status).toBeLessThan(500);
    }),
    bounded,
  );
});

test("nobody without the right changes what is not his own", async () => {
  await fc.assert(
    fc.asyncProperty(requests(world, powerless), async (request) => {
      gitlab.control.loadState(world.state);
      const before = gitlab.control.state();
      await send(request);
      const caller = world.userIds[request.caller];
      expect(foreignChanges(before, gitlab.control.state(), caller)).toEqual([]);
    }),
    bounded,
  );
});

test("nothing of a private group is shown to those outside", async () => {
  await fc.assert(
    fc.asyncProperty(requests(world, outsiders), async (request) => {
      const { shown } = await send(request);
      expect(leaksIn(shown, request)).toEqual([]);
    }),
    bounded,
  );
});

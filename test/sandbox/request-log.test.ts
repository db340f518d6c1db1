import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { RequestLog } from "../../src/sandbox/http/request-log";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("a cleared log gives back the memory of its requests", async () => {
  const log = new RequestLog(1_000);
  const fill = () =>
    Array.from({ length: 1_500 }, (_, index) => {
      const request = { method: "GET", path: `/${index}`, query: "", route: null };
      const entry = { ...request, status: 200, user: null };
      log.add(entry);
      return new WeakRef(entry);
    });
  const kept = fill();
  // What a turn of the event loop has seen stays until its end, and a collection may leave something to the next one.
  const aliveAfter = async (expected: number) => {
    let alive = -1;
    for (let turn = 0; turn < 20 && alive !== expected; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      collectGarbage();
      alive = kept.filter((entry) => entry.deref() !== undefined).length;
    }
    return alive;
  };
  expect(await aliveAfter(1_000)).toBe(1_000);
  log.clear();
  expect(await aliveAfter(0)).toBe(0);
});

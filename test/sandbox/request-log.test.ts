import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { RequestLog } from "../../src/sandbox/http/request-log";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const entry = (path: string, query = "") => ({
  ...{ method: "GET", path, query, route: null },
  ...{ status: 200, user: null },
});
const pathsOf = (log: RequestLog) => log.summary().requests.map(({ path }) => path);

test.each([0, 1, 3])("a log of %i holds that many of the last requests", (size) => {
  const log = new RequestLog(size);
  for (let index = 1; index <= 20; index++) {
    log.add(entry(`/${index}`));
    const first = Math.max(1, index - size + 1);
    const last = Array.from({ length: Math.min(size, index) }, (_, at) => `/${first + at}`);
    expect(pathsOf(log)).toEqual(last);
  }
  expect(log.summary()).toMatchObject({ total: 20, counts: { "GET (no route)": 20 } });
});

test("a log with long addresses holds fewer of them, and counts all", () => {
  const log = new RequestLog(10_000);
  const query = "x".repeat(8_000);
  for (let index = 1; index <= 3_000; index++) log.add(entry(`/${index}`, query));
  const paths = pathsOf(log);
  expect(paths.length).toBeGreaterThan(900);
  expect(paths.length).toBeLessThan(1_000);
  expect(paths.at(-1)).toBe("/3000");
  expect(log.summary().total).toBe(3_000);
  for (let index = 1; index <= 10_000; index++) log.add(entry("/short"));
  expect(pathsOf(log).filter((path) => path === "/short")).toHaveLength(10_000);
});

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

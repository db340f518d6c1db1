import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { identify, isAlive, processSpace } from "../../src/run/engine-process";
import { joinRun } from "../../src/run/engine-run";
import { runFolder } from "../../src/run/run-folder";

const IS_ROOT = process.geteuid?.() === 0;
const NAME = `glsa-runs-${process.geteuid?.()}`;
const engine = identify(process.pid);

let temporary: string;
beforeEach(() => {
  temporary = realpathSync(mkdtempSync(join(tmpdir(), "glsa-run-folder-")));
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

test("the providers of one engine find one folder that nobody else looks into", () => {
  const found = runFolder(engine, temporary);
  expect(runFolder(engine, temporary)).toBe(found);
  expect(runFolder(identify(process.ppid), temporary)).not.toBe(found);
  for (const path of [found, dirname(found)]) expect(statSync(path).mode & 0o777).toBe(0o700);
});

describe("a name that was taken on purpose is not used:", () => {
  const taken = () => join(temporary, NAME);

  test("a link", () => {
    const elsewhere = mkdtempSync(join(temporary, "elsewhere-"));
    symlinkSync(elsewhere, taken());
    expect(() => runFolder(engine, temporary)).toThrow("is not a folder");
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test("a link to nothing, and a file", () => {
    symlinkSync(join(temporary, "nothing"), taken());
    expect(() => runFolder(engine, temporary)).toThrow("is not a folder");
    rmSync(taken());
    writeFileSync(taken(), "");
    expect(() => runFolder(engine, temporary)).toThrow("is not a folder");
  });

  test("a folder that others can look into or write to", () => {
    mkdirSync(taken());
    for (const mode of [0o755, 0o770, 0o701, 0o777]) {
      chmodSync(taken(), mode);
      expect(() => runFolder(engine, temporary)).toThrow("is open to other users");
    }
  });

  (IS_ROOT ? test : test.skip)("another user's folder", () => {
    mkdirSync(taken(), { mode: 0o700 });
    chownSync(taken(), 54321, 54321);
    expect(() => runFolder(engine, temporary)).toThrow("belongs to another user");
  });
});

describe("what earlier runs left", () => {
  const left = (name: string, daysOld = 0) => {
    const path = join(temporary, NAME, name);
    mkdirSync(path, { recursive: true });
    chmodSync(dirname(path), 0o700);
    writeFileSync(join(path, "1.2.3"), "");
    const then = Date.now() / 1000 - daysOld * 86_400;
    utimesSync(path, then, then);
    return path;
  };

  test("goes when the engine is gone, also where another process has its number by now", () => {
    const dead = left(`${spawnSync("true").pid}-123-${processSpace()}`);
    const reused = left(`${process.pid}-1-${processSpace()}`);
    const living = runFolder(identify(process.ppid), temporary);
    runFolder(engine, temporary);
    expect([dead, reused, living].map(existsSync)).toEqual([false, false, true]);
  });

  test("in another container or before a restart goes after days: its engine cannot be asked", () => {
    const recent = left("1-123-otherspace", 1);
    const old = left("1-124-otherspace", 8);
    const strange = left("notes", 30);
    runFolder(engine, temporary);
    expect([recent, old, strange].map(existsSync)).toEqual([true, false, true]);
  });
});

test("a process is told from a later one with its number", () => {
  expect(isAlive(engine)).toBe(true);
  expect(isAlive({ ...engine, start: `${engine.start}1` })).toBe(false);
  expect(isAlive({ pid: spawnSync("true").pid, start: "0" })).toBe(false);
});

test("a run whose folder cannot be used goes on with each configuration on its own, and says why", () => {
  writeFileSync(join(temporary, "file"), "");
  for (const unusable of [join(temporary, "missing"), join(temporary, "file"), "/proc/1/task"]) {
    const ledger = joinRun(engine, () => true, unusable);
    expect(ledger.trouble).toMatch(/ENOENT|ENOTDIR|EACCES|EPERM|EROFS/);
    ledger.tell("claim", "account 1");
    expect(ledger.orderTells).toBe(false);
  }
  expect(joinRun(engine, () => true, temporary).trouble).toBeUndefined();
});

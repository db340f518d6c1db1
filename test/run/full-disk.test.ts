import type * as NodeFs from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Claims } from "../../src/resources/shared/claims";
import { identify } from "../../src/run/engine-process";
import { joinRun } from "../../src/run/engine-run";
import { SharedLedger } from "../../src/run/shared-ledger";

let isFull = false;

jest.mock("node:fs", () => {
  const fs = jest.requireActual<typeof NodeFs>("node:fs");
  const writing =
    <T extends unknown[], R>(call: (...args: T) => R) =>
    (...args: T): R => {
      if (isFull) throw new Error("ENOSPC: no space left on device");
      return call(...args);
    };
  return {
    ...fs,
    mkdirSync: writing(fs.mkdirSync as (path: string) => unknown),
    openSync: (path: string, flags: string, mode: number) =>
      flags === "r" ? fs.openSync(path, flags) : writing(fs.openSync)(path, flags, mode),
    writeSync: writing(fs.writeSync as (file: number, line: Buffer, from: number) => number),
    writeFileSync: writing(fs.writeFileSync),
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-full-"));
});
afterEach(() => {
  isFull = false;
  rmSync(folder, { recursive: true, force: true });
});

const now = () => process.hrtime.bigint();

test("a disk that fills up during a run fails nothing, is told once, and what was told before is heard", () => {
  const here = new SharedLedger(folder, () => true, identify(process.pid), now());
  const there = new SharedLedger(folder, () => true, identify(process.ppid), now());
  const claims = new Claims(here, "https://a");
  there.tell("destroy", "https://a account 1");
  isFull = true;
  expect(claims.planned("account 1", "keep")).toBe(true);
  here.share("policy", "strict");
  expect(here.shared("policy")).toEqual([]);
  expect([here.isFirst("warning"), here.isFirst("warning")]).toEqual([true, false]);
  expect(claims.untoldTrouble()).toContain("ENOSPC");
  expect(claims.untoldTrouble()).toBeUndefined();
  isFull = false;
  here.tell("keep", "account 2");
  expect(there.heard("keep", "account 2")).toBeDefined();
});

test("a disk that is full from the start leaves each configuration on its own, with the reason", () => {
  isFull = true;
  const ledger = joinRun(identify(process.pid), () => true, folder);
  expect(ledger.trouble).toContain("ENOSPC");
  expect(ledger.heardInRun("keep", "account 1")).toBe(false);
  ledger.tell("keep", "account 1");
  expect(ledger.isFirst("warning")).toBe(true);
});

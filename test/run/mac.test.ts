import type * as NodeFs from "node:fs";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { identify, isAlive, processSpace } from "../../src/run/engine-process";
import { joinRun } from "../../src/run/engine-run";
import { runFolder } from "../../src/run/run-folder";

/** Where nothing of /proc is there; `ps` tells of processes. */
const realPlatform = Object.getOwnPropertyDescriptor(process, "platform");
let temporary: string;

jest.mock("node:fs", () => {
  const fs = jest.requireActual<typeof NodeFs>("node:fs");
  const refuse = (path: unknown) => {
    if (String(path).startsWith("/proc")) throw new Error(`ENOENT: ${path}`);
  };
  return {
    ...fs,
    readFileSync: (path: string, options: "utf8") => {
      refuse(path);
      return fs.readFileSync(path, options);
    },
    readlinkSync: (path: string) => {
      refuse(path);
      return fs.readlinkSync(path);
    },
  };
});

beforeEach(() => {
  Object.defineProperty(process, "platform", { value: "darwin", configurable: true });
  temporary = realpathSync(mkdtempSync(join(tmpdir(), "glsa-mac-")));
});
afterEach(() => {
  if (realPlatform !== undefined) Object.defineProperty(process, "platform", realPlatform);
  rmSync(temporary, { recursive: true, force: true });
});

describe("on macOS, which has no /proc,", () => {
  test("an engine is known by the moment at which ps says that it began", () => {
    const engine = identify(process.pid);
    expect(engine.start).toMatch(/^[A-Za-z]{6}\d+$/);
    expect(isAlive(engine)).toBe(true);
    expect(isAlive({ ...engine, start: "MonJan1000000002001" })).toBe(false);
    expect(isAlive({ pid: spawnSync("true").pid, start: engine.start })).toBe(false);
    expect(processSpace()).toMatch(/^[0-9a-f]{12}$/);
  });

  test("without a ps that tells it, an engine lives while its number does", () => {
    const { PATH } = process.env;
    process.env["PATH"] = temporary;
    try {
      const engine = identify(process.pid);
      expect(engine.start).toBe("0");
      expect(isAlive(engine)).toBe(true);
      expect(isAlive({ pid: 2 ** 22 + 1, start: "0" })).toBe(false);
    } finally {
      process.env["PATH"] = PATH;
    }
  });

  test("configurations of one run hear each other, and folders of engines that are gone go", () => {
    const engine = identify(process.pid);
    const found = runFolder(engine, temporary);
    expect(runFolder(engine, temporary)).toBe(found);
    const dead = join(
      dirname(found),
      `${spawnSync("true").pid}-MonJan1000000002001-${processSpace()}`,
    );
    mkdirSync(dead);
    const ledger = joinRun(engine, () => true, temporary);
    expect(ledger.trouble).toBeUndefined();
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(found)).toBe(true);
  });
});

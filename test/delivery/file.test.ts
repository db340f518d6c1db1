import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TokenFile, type FileOptions } from "../../src/destinations/file/implementation";
import { fingerprint } from "../../src/model";

const KEY = "0123456789abcdef0123";
const OTHER_STACK = "fedcba98f9abcdef0123";
const OURS = { key: KEY, deliveredBefore: false };
const isRoot = process.geteuid?.() === 0;

const value = (text: string, generation = 1, key = KEY) => ({
  value: text,
  tokenId: 40 + generation,
  marker: { key, generation },
});
const delivered = (text: string) => ({ tokenId: 41, fingerprint: fingerprint(text) });

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "glsa-file-")));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const written = (name = "token") => readFileSync(at(name), "utf8");

function destination(name = "token", options: Partial<FileOptions> = {}): TokenFile {
  const path = name.startsWith("/") ? name : `${folder}/${name}`;
  return new TokenFile({
    path,
    mode: "0600",
    overwrite: false,
    redeliverMissing: false,
    ...options,
  });
}

describe("whose a file is", () => {
  test("a file that a killed run filled is known again, whatever a token looks like on this instance", async () => {
    await destination().deliver(value("corp-1-secret"));
    await destination().check(OURS);
  });

  test("the value before is known as long as a killed run has not written the new one", async () => {
    await destination().deliver(value("one"));
    const before = readFileSync(at("token"));
    await destination().deliver(value("two", 2));
    writeFileSync(at("token"), before);
    await destination().check(OURS);
  });

  test.each([
    ["a token of somebody else, whether or not it works", "glpat-a-strangers-token0"],
    ["anything else", "text"],
  ])("%s needs overwrite, and is sent nowhere", async (_, content) => {
    writeFileSync(at("token"), content);
    await expect(destination().check(OURS)).rejects.toThrow("does not hold a token of this");
    await destination("token", { overwrite: true }).check(OURS);
  });

  test("a note that speaks of another value proves nothing", async () => {
    await destination().deliver(value("one"));
    writeFileSync(at("token"), "glpat-somebody-elses-now");
    await expect(destination().check(OURS)).rejects.toThrow("does not hold a token of this");
  });

  test("another stack's value is refused by name", async () => {
    await destination().deliver(value("one", 1, OTHER_STACK));
    await expect(destination().check(OURS)).rejects.toThrow("another stack of glsa");
  });

  test("an empty file is free", async () => {
    writeFileSync(at("token"), "");
    await destination().check(OURS);
  });
});

describe("what is replaced", () => {
  test("goes back with its bytes, its mode and its note when another delivery fails", async () => {
    await destination().deliver(value("one"));
    const bytes = Buffer.from([0, 255, 10, 128]);
    writeFileSync(at("token"), bytes);
    chmodSync(at("token"), 0o640);
    const note = written(".token.glsa");
    const restore = await destination().deliver(value("two", 2));
    expect(written()).toBe("two");
    await restore?.();
    expect(readFileSync(at("token"))).toEqual(bytes);
    expect(statSync(at("token")).mode & 0o777).toBe(0o640);
    expect(written(".token.glsa")).toBe(note);
  });

  test("leaves nothing where there was nothing", async () => {
    const restore = await destination().deliver(value("one"));
    await restore?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  (isRoot ? test : test.skip)("keeps owner and group", async () => {
    writeFileSync(at("token"), "");
    chownSync(at("token"), 1234, 2345);
    await destination().deliver(value("one"));
    expect(statSync(at("token"))).toMatchObject({ uid: 1234, gid: 2345 });
  });

  (isRoot ? test : test.skip)(
    "is refused before a token is made where it cannot be given back to its owner",
    async () => {
      writeFileSync(at("token"), "");
      chownSync(at("token"), 1234, 2345);
      chmodSync(at("token"), 0o666);
      chmodSync(folder, 0o777);
      process.seteuid?.(4321);
      try {
        await expect(destination().check(OURS)).rejects.toThrow("belongs to user 1234");
      } finally {
        process.seteuid?.(0);
      }
    },
  );

  test("a draft of a killed run is removed, with the value in it", async () => {
    writeFileSync(at(".token.glsa-0123456789ab"), "a value");
    writeFileSync(at(".token.glsa-notes"), "somebody's own");
    await destination().deliver(value("one"));
    expect(readdirSync(folder).sort()).toEqual([".token.glsa", ".token.glsa-notes", "token"]);
    expect(written(".token.glsa")).not.toContain("one");
  });

  test("removal takes the note too, and nothing but the delivered value", async () => {
    await destination().deliver(value("one"));
    await destination().remove(delivered("another"));
    expect(written()).toBe("one");
    await destination().remove(delivered("one"));
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("what is no file", () => {
  test.each([
    ["a pipe", () => execFileSync("mkfifo", [at("token")])],
    ["a folder", () => mkdirSync(at("token"))],
    ["a link to a device", () => symlinkSync("/dev/zero", at("token"))],
  ])("%s is refused without being opened", async (_, make) => {
    make();
    for (const overwrite of [false, true]) {
      const one = destination("token", { overwrite });
      await expect(one.check(OURS)).rejects.toThrow(/it is a (folder|pipe)|permission denied/);
      await expect(one.deliver(value("one"))).rejects.toThrow();
      await expect(one.observe(delivered("one"))).rejects.toThrow("it is a");
    }
    expect(lstatSync(at("token")).isFile()).toBe(false);
  });

  test("a folder that is missing is told", async () => {
    await expect(destination("none/token").check(OURS)).rejects.toMatchObject({
      isLocal: true,
      remedy: expect.stringContaining("Make the folder") as string,
    });
  });
});

describe("paths to one file", () => {
  test.each([
    ["./", "./token"],
    ["..", "other/../token"],
    ["//", ".//token"],
    ["a linked folder", "link/token"],
    ["a link to the file", "linked-token"],
    ["a link to a link", "linked-link"],
  ])("are one destination: %s", (_, name) => {
    mkdirSync(at("other"));
    symlinkSync(folder, at("link"));
    symlinkSync("token", at("linked-token"));
    symlinkSync(at("linked-token"), at("linked-link"));
    expect(destination(name).address).toBe(destination("token").address);
    expect(destination("other/token").address).not.toBe(destination("token").address);
  });

  test("share a name where they are hard links", () => {
    writeFileSync(at("token"), "");
    expect(destination("token").aliases).toEqual([]);
    linkSync(at("token"), at("same"));
    expect(destination("token").aliases).toEqual(destination("same").aliases);
    expect(destination("token").aliases).toHaveLength(1);
  });

  test("a link stays a link, and the file it leads to is replaced", async () => {
    mkdirSync(at("other"));
    symlinkSync("other/token", at("linked"));
    await destination("linked").deliver(value("one"));
    expect(lstatSync(at("linked")).isSymbolicLink()).toBe(true);
    expect(written("other/token")).toBe("one");
    expect(existsSync(at(".linked.glsa"))).toBe(false);
  });

  test("a link that leads to itself is refused", async () => {
    symlinkSync("loop", at("loop"));
    await expect(destination("loop").check(OURS)).rejects.toThrow("ELOOP");
  });
});

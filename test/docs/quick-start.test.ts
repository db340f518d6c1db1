import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { startSandbox, type Sandbox } from "../../src/sandbox";
import { engines } from "../support/engine";

const run = promisify(execFile);
/** The part in HCL; the others are run by test/package. */
const [PAGE = ""] = readFileSync("docs/quick-start.md", "utf8").split("\n## In TypeScript\n");
const [engine] = engines();
const onEngine = engine === undefined ? test.skip : test;

let folder: string;
let gitlab: Sandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "glsa-quick-start-"));
  gitlab = await startSandbox({ now: "2026-06-01T12:00:00Z" });
});

afterAll(async () => {
  await gitlab.close();
  rmSync(folder, { recursive: true });
});

/** The page's blocks of one language, in order. */
function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, text]) => text ?? "",
  );
}

/** The page's commands, without those that a test cannot run: the download, and the stand-in of another terminal. */
function commands(): string {
  const lines = blocks("sh").join("").split("\n");
  return lines.filter((line) => !/^npm install |glsa sandbox /.test(line)).join("\n");
}

/** Without colours and the width of columns. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- the engine's colours
  return text.replace(/\u001b\[[0-9;]*m/g, "").replace(/ +/g, " ");
}

onEngine("the quick start works as it is written, and prints what it says", async () => {
  const bin = join(folder, "node_modules", ".bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(resolve("dist/bin/glsa.js"), join(bin, "glsa"));
  symlinkSync(engine?.binary ?? "", join(bin, "terraform"));
  writeFileSync(join(folder, "main.tf"), blocks("hcl").join(""));

  const { stdout } = await run("bash", ["-euc", commands()], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: [bin, process.env.PATH].join(delimiter),
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: gitlab.token,
    },
  });

  const printed = plain(stdout);
  const promised = blocks("text").join("").trim().split("\n").map(plain);
  expect(promised.filter((line) => !printed.includes(line))).toEqual([]);
  expect(promised.length).toBeGreaterThan(8);
});

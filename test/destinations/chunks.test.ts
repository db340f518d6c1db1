import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROVIDER = resolve(__dirname, "../../dist/bin/terraform-provider-glsa.js");
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

test("client libraries are texts in the provider, and none is unpacked by its start", async () => {
  expect(readFileSync(PROVIDER, "utf8")).toContain("sourceURL=glsa/aws.js");
  const folder = mkdtempSync(join(tmpdir(), "glsa-chunks-"));
  const mark = join(folder, "unpacked");
  const hook = join(folder, "hook.cjs");
  const record = `require("node:fs").writeFileSync(${JSON.stringify(mark)}, "")`;
  writeFileSync(hook, `require("node:zlib").brotliDecompressSync = () => ${record};\n`);
  const child = spawn(process.execPath, ["--require", hook, PROVIDER], {
    env: { PATH: process.env["PATH"], TF_PLUGIN_MAGIC_COOKIE: COOKIE },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(line.toString()).toMatch(/^1\|6\|/);
  expect(existsSync(mark)).toBe(false);
  rmSync(folder, { recursive: true });
});

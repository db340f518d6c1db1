import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { parseConfig } from "../../src/config";

const run = promisify(execFile);

test("the generated pages are what npm run docs writes", async () => {
  await run("npx", ["tsx", ".config/docs/main.ts", "--check"]);
});

test("the configurations in docs/policy.md are good", () => {
  const page = readFileSync("docs/policy.md", "utf8");
  const blocks = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, text]) => text ?? "");
  expect(blocks.length).toBeGreaterThan(0);
  for (const text of blocks) expect(parseConfig(JSON.parse(text)).problems).toEqual([]);
});

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

test("the generated pages are what npm run docs writes", async () => {
  await run("npx", ["tsx", ".config/docs/main.ts", "--check"]);
});

import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const REPOSITORY = resolve(__dirname, "../..");

test("npm run demo -- --estate audits an estate, leaves its page and writes it down as code", async () => {
  const { stdout } = await promisify(execFile)(
    "npx",
    ["tsx", "examples/demo/main.ts", "--estate"],
    { cwd: REPOSITORY },
  );
  const [, folder = ""] = /The page to look at, and the code: (\S+)/.exec(stdout) ?? [];
  try {
    expect(stdout).toContain("requests in all");
    expect(stdout).toContain("ERROR  agent-token");
    expect(stdout).toMatch(/To be adopted: \d+ accounts, \d+ tokens, \d+ memberships\./);
    expect(readFileSync(join(folder, "estate.html"), "utf8")).toContain("</html>");
    expect(readdirSync(join(folder, "code")).length).toBeGreaterThan(10);
    expect(stdout).not.toMatch(/glpat-/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import {
  cleanUpWorkspaces,
  describeEachEngine,
  succeeded,
  type Workspace,
} from "../support/engine";
import { inDays, TestGitLab } from "../support/gitlab";
import { stack } from "../support/glsa";

let gitlab: TestGitLab;
let charts: number;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  ({ charts } = await gitlab.platform());
});

afterEach(async () => {
  cleanUpWorkspaces();
  await gitlab.close();
});

const declared = (scope: string, extra = "") => `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name       = "ci"
  scopes     = ["${scope}"]
  expires_at = "${inDays(90)}"
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "BOT_TOKEN"
    }
  }
  ${extra}
}
`;

/** Every file of a workspace as text; plan files are zip archives, whose entries are unpacked. */
function everything(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => !path.endsWith(".tf"))
    .map((path) => (statSync(path).isDirectory() ? everything(path) : contents(path)))
    .join("\n");
}

function contents(path: string): string {
  const bytes = readFileSync(path);
  return bytes.toString("latin1") + unzipped(bytes);
}

function unzipped(bytes: Buffer): string {
  const texts: string[] = [];
  for (let at = bytes.indexOf("PK\x03\x04"); at >= 0; at = bytes.indexOf("PK\x03\x04", at + 4)) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    try {
      texts.push(inflateRawSync(bytes.subarray(start), { finishFlush: 2 }).toString("latin1"));
    } catch {
      // Stored entries were read already.
    }
  }
  return texts.join("\n");
}

async function run(work: Workspace): Promise<string> {
  const plan = await work.plan();
  const planned = JSON.stringify(await plan.json());
  const applied = succeeded(await work.apply());
  return [
    plan.stdout,
    planned,
    applied.stdout,
    applied.stderr,
    JSON.stringify(await work.show()),
  ].join("\n");
}

describeEachEngine("a token's value", (engine) => {
  test("is in neither state, plan, output nor log at TRACE, through creation and renewal", async () => {
    const work = stack(engine, gitlab, declared("api"), { logLevel: "TRACE" });
    let seen = await run(work);
    const first = (await gitlab.variable(charts, "BOT_TOKEN")) ?? "";
    work.write({ "main.tf": declared("read_api") });
    seen += await run(work);
    const second = (await gitlab.variable(charts, "BOT_TOKEN")) ?? "";
    seen += everything(work.folder) + work.log();
    expect(work.log()).toContain("PlanResourceChange");
    expect(first).not.toBe(second);
    for (const value of [first, second]) {
      expect(value.length).toBeGreaterThan(20);
      expect(seen.includes(value)).toBe(false);
      expect(seen.includes(Buffer.from(value).toString("base64"))).toBe(false);
    }
    // The search itself works: the fingerprint is where the value would be.
    expect(seen).toContain("sha256:");
    expect(seen.includes(gitlab.token)).toBe(false);
  });

  test("stands in the state, marked sensitive, only where store_value asks for it", async () => {
    const work = stack(engine, gitlab, declared("api", "store_value = true"));
    succeeded(await work.apply());
    const value = (await gitlab.variable(charts, "BOT_TOKEN")) ?? "";
    expect(JSON.stringify(work.stateRaw())).toContain(value);
    const plan = await work.plan({ args: ["-replace=glsa_access_token.ci"] });
    expect(plan.stdout).not.toContain(value);
    work.write({ "main.tf": declared("api") });
    succeeded(await work.apply());
    expect(JSON.stringify(work.stateRaw())).not.toContain(value);
    expect(await gitlab.whoIs(value)).toBe("bot");
  });
});

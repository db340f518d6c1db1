import { formatMarker, markerKey, markerOrigin } from "../../src/model";
import { describeEnginesInTurn, succeeded, type Workspace } from "../support/engine";
import { Checkpoint, Gate } from "../support/gate";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const ACCOUNT = `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
`;

const token = (name: string, more = "") => `
resource "glsa_access_token" "ci" {
  ${more}
  service_account_id = glsa_service_account.bot.id
  name        = ${name}
  scopes      = ["read_user"]
  rotation {
    every = "30d"
  }
  store_value = true
}
`;

const WARNING = 'Account "bot" has tokens of this stack that nothing declares';

/** Ends engine and provider when the server has made what the first write of an apply asks for. */
async function killAfterFirstWrite(work: Workspace, checkpoint: Checkpoint): Promise<void> {
  const death = checkpoint.strike("first write", "dies_after");
  const run = work.start(["apply", "-input=false", "-auto-approve"]);
  await Promise.race([death, run.finished]);
  run.kill();
  for (const id of work.providerProcesses()) process.kill(id, "SIGKILL");
  await run.finished;
  expect(checkpoint.isDead).toBe(true);
  checkpoint.heal();
}

async function planned(work: Workspace, hcl: string): Promise<string> {
  work.write({ "main.tf": hcl });
  const { stdout: output } = await work.plan({ args: ["-lock=false"] });
  return output.replace(/\s*\n[│╷╵ ]*/g, " ");
}

/** Tokens of the account that this stack has nothing to do with. */
async function strangersOn(userId: number): Promise<void> {
  const { gitlab, ids } = platform;
  const accountId = `group:${ids.platform}:${userId}`;
  const key = markerKey({ accountId, stack: "other", tokenName: "theirs" });
  const origin = markerOrigin("default", []);
  for (const description of [
    "by hand",
    formatMarker({ key, generation: 1, origin, isFirst: true }),
  ]) {
    const path = `/groups/${ids.platform}/service_accounts/${userId}/personal_access_tokens`;
    await gitlab.call("POST", path, { name: "theirs", scopes: ["read_user"], description });
  }
}

describeEnginesInTurn("a first creation of a token that was killed", (engine) => {
  test("is told by the plan once its declaration is renamed or removed, and only then", async () => {
    const { gitlab, ids } = platform;
    const checkpoint = new Checkpoint(() => Promise.resolve());
    const gate = await Gate.before(gitlab.url, checkpoint);
    const work = stack(engine, gitlab, ACCOUNT, { env: { GITLAB_BASE_URL: gate.url } });
    succeeded(await work.apply());
    const [account] = await gitlab.accounts(ids.platform);
    const userId = account?.id ?? 0;
    await strangersOn(userId);
    expect(await planned(work, ACCOUNT)).not.toContain(WARNING);

    work.write({ "main.tf": ACCOUNT + token('"ci"') });
    await killAfterFirstWrite(work, checkpoint);
    const [left, ...others] = (await gitlab.activeTokens(userId)).filter(
      ({ name }) => name === "ci",
    );
    expect(others).toEqual([]);

    for (const hcl of [ACCOUNT, ACCOUNT + token('"deploy"')]) {
      const output = await planned(work, hcl);
      expect(output).toContain(WARNING);
      expect(output.split("[abandoned-tokens]")).toHaveLength(2);
      expect(output).toContain(`token ${left?.id} "ci", created at 20`);
      expect(output).not.toContain("theirs");
    }
    const late = token("each.value", 'for_each = toset(["a"])');
    expect(await planned(work, ACCOUNT + late)).not.toContain(WARNING);

    expect(await planned(work, ACCOUNT + token('"ci"'))).not.toContain(WARNING);
    succeeded(await work.apply());
    expect(await planned(work, ACCOUNT + token('"ci"'))).not.toContain(WARNING);
    await gate.close();
  });
});

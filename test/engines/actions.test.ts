import { CHANGES, succeeded, type Engine, type Workspace } from "../support/engine";
import { inCache } from "../../examples/demo/engine";
import { isExecutable } from "../support/executable";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

jest.setTimeout(60_000);

const platform = usePlatform();

const binary = inCache("terraform-1.15.0/terraform");
const engine: Engine = { name: "terraform", binary };

/** Only this Terraform has actions; `npm run test:all` builds it. */
const describeWithTerraform115 = isExecutable(binary) ? describe : describe.skip;

const HCL = `
variable "ids" {
  type    = set(number)
  default = null
}
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
  name     = "Bot"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name               = "ci"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "CI_TOKEN"
    }
  }
}
action "glsa_revoke_token" "declared" {
  config {
    service_account_id = glsa_service_account.bot.id
    token_ids          = [glsa_access_token.ci.token_id]
  }
}
action "glsa_revoke_token" "named" {
  config {
    service_account_id = glsa_service_account.bot.id
    token_ids          = var.ids
  }
}
action "glsa_revoke_token" "all" {
  config {
    service_account_id = glsa_service_account.bot.id
    all                = true
  }
}
`;

const invoke = (work: Workspace, name: string, ...args: string[]) =>
  work.apply({ args: [`-invoke=action.glsa_revoke_token.${name}`, ...args] });

describeWithTerraform115("action glsa_revoke_token", () => {
  const value = async () => (await platform.gitlab.variable(platform.ids.charts, "CI_TOKEN")) ?? "";

  test.each(["an administrator", "an Owner"])(
    "revokes at once by %s, changes no state, and the next apply delivers another token",
    async (who) => {
      const { gitlab, ids } = platform;
      const token = who === "an Owner" ? await gitlab.groupOwner(ids.platform) : gitlab.token;
      const work = stack(engine, gitlab, HCL, { token });
      succeeded(await work.apply());
      const [leaked, before] = [await value(), await work.show()];
      const { stdout } = succeeded(await invoke(work, "declared"));
      expect(stdout).toMatch(/Token \d+ "ci" of "bot" \(.*\) is revoked/);
      expect(await gitlab.whoIs(leaked)).toBeUndefined();
      expect(await work.show()).toEqual(before);
      // Once more: it is over already, and said so.
      expect(succeeded(await invoke(work, "declared")).stdout).toContain("does not work any more");
      expect((await work.plan()).exitCode).toBe(CHANGES);
      succeeded(await work.apply());
      expect(await gitlab.whoIs(await value())).toBe("bot");
    },
  );

  test("refuses what is not the account's before anything is revoked; all of an account go together", async () => {
    const { gitlab, ids } = platform;
    const work = stack(engine, gitlab, HCL);
    succeeded(await work.apply());
    const declared = (await work.resource("glsa_access_token.ci"))?.values["token_id"] as number;
    const account = (await gitlab.accounts(ids.platform)).find(
      ({ username }) => username === "bot",
    );
    await gitlab.forgetRequests();
    const refused = await invoke(work, "named", `-var=ids=[${declared},999999]`);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining("[token-not-of-account]"),
    ]);
    expect(await gitlab.writes()).toEqual([]);
    await gitlab.call(
      "POST",
      `/groups/${ids.platform}/service_accounts/${account?.id}/personal_access_tokens`,
      { name: "by hand", scopes: ["read_api"] },
    );
    succeeded(await work.run(["plan", "-invoke=action.glsa_revoke_token.all", "-out=all.bin"]));
    expect(succeeded(await work.run(["apply", "all.bin"])).stdout).toContain('"by hand"');
    expect(await gitlab.activeTokens(account?.id ?? 0)).toEqual([]);
  });

  test("keeps the token that the run works with", async () => {
    const { gitlab, ids } = platform;
    const accounts = `/groups/${ids.platform}/service_accounts`;
    const { id } = await gitlab.call<{ id: number }>("POST", accounts, { username: "runner" });
    await gitlab.call("POST", `/groups/${ids.platform}/members`, { user_id: id, access_level: 50 });
    const own = await gitlab.call<{ id: number; token: string }>(
      "POST",
      `${accounts}/${id}/personal_access_tokens`,
      { name: "run", scopes: ["api"] },
    );
    const hcl = (settings: string) => `action "glsa_revoke_token" "own" {
  config {
    service_account_id = "group:${ids.platform}:${id}"
    ${settings}
  }
}`;
    const work = stack(engine, gitlab, hcl(`token_ids = [${own.id}]`), { token: own.token });
    expect((await invoke(work, "own")).stderr).toContain("[own-token-named]");
    work.write({ "main.tf": hcl("all = true") });
    expect(succeeded(await invoke(work, "own")).stdout).toContain("[own-token-not-revoked]");
    expect(await gitlab.whoIs(own.token)).toBe("runner");
  });
});

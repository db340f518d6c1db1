import { describeEnginesInTurn, succeeded } from "../support/engine";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const HCL = `
data "glsa_service_accounts" "all" {
  group           = "platform"
  username_prefix = "B"
}
data "glsa_access_tokens" "all" { group = "platform" }
data "glsa_memberships" "all" { group = "platform" }
data "glsa_memberships" "hidden" { project = "platform/charts" }
output "accounts" { value = data.glsa_service_accounts.all.service_accounts }
output "tokens" { value = data.glsa_access_tokens.all.access_tokens }
output "memberships" { value = data.glsa_memberships.all.memberships }
`;

describeEnginesInTurn("plural data sources", (engine) => {
  test("tell the accounts below a group, their live tokens and where they are members", async () => {
    const { gitlab, ids } = platform;
    const accounts = `/groups/${ids.platform}/service_accounts`;
    const make = (username: string) =>
      gitlab.call<{ id: number }>("POST", accounts, { name: username, username });
    const bot = await make("bot");
    const other = await make("other");
    const tokens = `${accounts}/${bot.id}/personal_access_tokens`;
    const live = await gitlab.call<{ id: number }>("POST", tokens, {
      name: "live",
      scopes: ["read_user"],
    });
    const dead = await gitlab.call<{ id: number }>("POST", tokens, {
      name: "dead",
      scopes: ["read_user"],
    });
    await gitlab.call("DELETE", `${tokens}/${dead.id}`);
    const member = { user_id: other.id, access_level: 40, expires_at: "2027-01-31" };
    await gitlab.call("POST", `/projects/${ids.charts}/members`, member);
    const work = stack(engine, gitlab, HCL);
    succeeded(await work.apply());
    const { outputs } = (await work.show()).values ?? {};
    expect(outputs?.["accounts"]?.value).toEqual([
      {
        id: `group:${ids.platform}:${bot.id}`,
        user_id: bot.id,
        username: "bot",
        name: "bot",
        status: "active",
      },
    ]);
    expect(outputs?.["tokens"]?.value).toEqual([
      expect.objectContaining({ token_id: live.id, name: "live", username: "bot" }),
    ]);
    expect(outputs?.["memberships"]?.value).toEqual([
      {
        id: `project:${ids.charts}:${other.id}`,
        user_id: other.id,
        username: "other",
        group: null,
        project: "platform/charts",
        role: "maintainer",
        expires_at: "2027-01-31",
      },
    ]);
  });
});

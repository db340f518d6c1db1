import { succeeded } from "../../support/engine";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();
const ACCOUNTS = 40;

/** Each account with a token that is delivered to the project, and two memberships. */
const PROGRAM = `
for (let index = 0; index < ${ACCOUNTS}; index++) {
  const bot = account("bot-" + index, { group: "platform", username: "bot-" + index });
  token("token-" + index, {
    serviceAccountId: bot.id, name: "ci", scopes: ["read_api"], rotation: { every: "30d" },
    deliverTo: [{ ciVariable: { project: "platform/charts", key: "TOKEN_" + index } }],
  });
  membership("charts-" + index, { serviceAccountId: bot.id, project: "platform/charts", role: "developer" });
  membership("apps-" + index, { serviceAccountId: bot.id, group: "platform/apps", role: "reporter" });
}`;

describePulumi("the preview of an unchanged stack of 160 objects", (engine) => {
  test("costs what it costs on Terraform: pages of lists, and for an Owner one token list per account", async () => {
    const { gitlab, ids } = platform;
    const owner = await gitlab.groupOwner(ids.platform);
    const stack = await platform.stack(engine, PROGRAM);
    succeeded(await stack.up());

    const previewAs = async (token: string): Promise<number> => {
      await gitlab.forgetRequests();
      succeeded(await stack.run(["preview", "--expect-no-changes"], { GITLAB_TOKEN: token }));
      return (await gitlab.requests()).total;
    };
    const [pagesOfAccounts, pagesOfMembers, pagesOfVariables, handful] = [1 + 1, 2, 1, 6];
    const pages = pagesOfAccounts + pagesOfMembers + pagesOfVariables + handful;
    expect(await previewAs(owner)).toBeLessThanOrEqual(pages + ACCOUNTS);
    expect(await previewAs(gitlab.token)).toBeLessThanOrEqual(pages + 1);
  }, 120_000);
});

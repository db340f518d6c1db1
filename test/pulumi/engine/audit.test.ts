import { runGlsa } from "../../cli/run-glsa";
import { succeeded } from "../../support/engine";
import { inDays } from "../../support/gitlab";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

interface AuditJson {
  readonly findings: readonly {
    readonly code: string;
    readonly object: { readonly label: string };
  }[];
}

describePulumi("an audit of what a stack exports", (engine) => {
  test("takes what it declares for declared, as an administrator and as an Owner, and tells the rest", async () => {
    const { gitlab, ids } = platform;
    const stack = await platform.stack(
      engine,
      `const bot = account("bot", { group: "platform", username: "bot", name: "Bot" });
       membership("edge", { serviceAccountId: bot.id, project: "platform/charts", role: "developer" });
       token("ci",
         { serviceAccountId: bot.id, name: "ci", scopes: ["read_api"], expiresAt: "${inDays(90)}",
           deliverTo: [{ ciVariable: { project: "platform/charts", key: "BOT_TOKEN" } }] });
       membership("late", { serviceAccountId: bot.id, group: "platform/apps", role: "guest" });`,
    );
    succeeded(await stack.up());
    succeeded(await stack.run(["stack", "export", "--file", "export.json"]));
    // Somebody removed one by hand, and made another.
    const [bot] = await gitlab.accounts(ids.platform);
    await gitlab.call("DELETE", `/groups/${ids.apps}/members/${bot?.id}`);
    await gitlab.call("POST", `/groups/${ids.platform}/service_accounts`, {
      username: "hand",
      name: "Hand",
    });
    for (const token of [gitlab.token, await gitlab.groupOwner(ids.platform)]) {
      const audit = ["audit", "--group", "platform", "--state", "export.json", "--format", "json"];
      const job = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: token };
      const { stdout } = await runGlsa(audit, { cwd: stack.folder, job });
      const { findings } = JSON.parse(stdout) as AuditJson;
      expect(findings.map(({ code, object }) => `${code} ${object.label}`)).toEqual([
        "missing-membership membership of bot in platform/apps",
        "undeclared-account account hand",
        "account-without-token account hand",
      ]);
      expect(stdout).not.toContain(await gitlab.variable(ids.charts, "BOT_TOKEN"));
    }
  });
});

import { succeeded } from "../../support/engine";
import { TestGitLab } from "../../support/gitlab";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const PROGRAM = `
const bot = account("bot", { group: "platform", username: "bot" });
token("ci", { serviceAccountId: bot.id, name: "ci", scopes: ["read_api"], rotation: { every: "30d" },
  deliverTo: [{ ciVariable: { project: "platform/charts", key: "TOKEN" } }] });
membership("charts", { serviceAccountId: bot.id, project: "platform/charts", role: "developer" });`;

describePulumi("a state of another GitLab on Pulumi", (engine) => {
  test("is refused by preview, up, refresh and destroy, unless the settings name its address", async () => {
    const elsewhere = await TestGitLab.start();
    try {
      await elsewhere.platform();
      await elsewhere.forgetRequests();
      const stack = await platform.stack(engine, PROGRAM);
      succeeded(await stack.up());
      const there = { GITLAB_BASE_URL: elsewhere.url, GITLAB_TOKEN: elsewhere.token };
      for (const command of ["preview", "up", "refresh", "destroy"]) {
        const confirmed = command === "preview" ? [] : ["--yes", "--skip-preview"];
        const refused = await stack.run([command, ...confirmed], there);
        expect(refused.exitCode).not.toBe(0);
        expect(refused.stdout + refused.stderr).toContain(
          `This state belongs to ${platform.gitlab.url}; the provider is set to ${elsewhere.url}`,
        );
      }
      expect(await elsewhere.writes()).toEqual([]);
      const list = JSON.stringify([platform.gitlab.url]);
      succeeded(await stack.run(["config", "set", "glsa:instanceAddresses", list]));
      // The other stand-in has no such objects, but now it is asked.
      const preview = await stack.run(["preview"], there);
      expect(preview.stdout + preview.stderr).not.toContain("This state belongs to");
      expect(await stack.changes()).toEqual({});
    } finally {
      await elsewhere.close();
    }
  });
});

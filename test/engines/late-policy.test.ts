import { TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { AccessToken, AccountOwner, Membership, Policy } from "../../constructs/cdktf";
import { readPlan } from "../../src/review";
import { officialStack } from "../constructs/cdktf/official/stacks";
import { CHANGES, cleanUpWorkspaces, describeEachEngine, workspace } from "../support/engine";
import { installedOfficial, removeOfficial } from "../support/official";

afterEach(cleanUpWorkspaces);
afterAll(removeOfficial);

/** An account that is there. */
class Known extends Construct {
  readonly id = "1";
  readonly userId = 7;
  readonly owner = AccountOwner.group("1");
  readonly username = "bot";
}

interface Synthesized {
  readonly terraform: { readonly required_providers: { gitlab: { version?: string } } };
  readonly resource: Record<string, unknown>;
}

/** A membership and a token whose role and scope only an apply tells. */
function declared(): Synthesized {
  const stack = officialStack();
  Policy.of(stack).tighten({ maxRole: "developer" });
  const [role, scope] = ["role", "scope"].map(
    (name) => new TerraformVariable(stack, name, { default: "" }),
  );
  const account = new Known(stack, "bot");
  new Membership(stack, "member", { account, group: "1", role: role?.stringValue ?? "" });
  new AccessToken(stack, "token", {
    account,
    name: "ci",
    scopes: ["read_api", scope?.stringValue ?? ""],
    expiresAt: "2999-12-31",
    storeValue: true,
  });
  const text = Testing.synth(stack).replace(/var\.(role|scope)/g, "terraform_data.$1.output");
  const synthesized = JSON.parse(text) as Synthesized;
  delete synthesized.terraform.required_providers.gitlab.version;
  return synthesized;
}

const late = (role: string, scope: string) =>
  `resource "terraform_data" "role" { input = "${role}" }\nresource "terraform_data" "scope" { input = "${scope}" }\n`;

describeEachEngine("a policy of the constructs on the official provider", (engine) => {
  test("judges in the apply what only the apply knows, before that provider is asked for anything", async () => {
    const files = { "stack.tf.json": declared(), "late.tf": late("maintainer", "sudo") };
    const work = workspace(engine, files, { provider: installedOfficial(engine) });
    await work.init();
    const plan = await work.plan();
    expect(plan.exitCode).toBe(CHANGES);
    const { remarks } = readPlan(JSON.stringify(await plan.json()), { today: "2026-06-01" });
    expect(remarks.filter((remark) => remark.startsWith("Not judged yet"))).toEqual([
      expect.stringContaining("gitlab_group_membership."),
      expect.stringContaining("gitlab_group_service_account_access_token."),
    ]);
    const refused = await work.diagnostics("apply");
    const details = refused.map(({ detail }) => detail).join("\n");
    expect(details).toMatch(/Membership of bot in 1 breaks the rule max-role/);
    expect(details).toMatch(/Token "ci" of bot breaks the rule forbidden-scope/);
    expect(refused).toHaveLength(2);

    work.write({ "late.tf": late("developer", "read_user") });
    const allowed = await work.diagnostics("apply");
    const asked = allowed.map(({ summary, detail }) => `${summary} ${detail}`).join("\n");
    expect(asked).toContain("this provider changes nothing");
    expect(asked).not.toContain("breaks the rule");
  });
});

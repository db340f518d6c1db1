import { NO_CHANGES, succeeded, type Engine } from "../support/engine";
import { inCache } from "../../examples/demo/engine";
import { isExecutable } from "../support/executable";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const binary = inCache("terraform-1.15.0/terraform");
const engine: Engine = { name: "terraform", binary };

/** Only this Terraform lists; `npm run test:all` builds it. */
const describeWithTerraform115 = isExecutable(binary) ? describe : describe.skip;

const QUERY = ["glsa_service_account", "glsa_membership", "glsa_access_token"]
  .map(
    (type) => `
list "${type}" "all" {
  provider         = glsa
  include_resource = true
  config {
    group = "platform"
  }
}
`,
  )
  .join("");

describeWithTerraform115("terraform query", () => {
  test("lists what exists, and writes a configuration that plans nothing but imports", async () => {
    const { gitlab, ids } = platform;
    const accounts = `/groups/${ids.platform}/service_accounts`;
    for (const username of ["bot", "other"]) {
      const { id } = await gitlab.call<{ id: number }>("POST", accounts, {
        name: username,
        username,
      });
      await gitlab.call("POST", `/projects/${ids.charts}/members`, {
        user_id: id,
        access_level: 30,
      });
      await gitlab.call("POST", `${accounts}/${id}/personal_access_tokens`, {
        name: "ci",
        description: 'by "hand" ${and} %{more}',
        scopes: ["read_user", "read_api"],
      });
    }
    const work = stack(engine, gitlab, "");
    work.write({ "all.tfquery.hcl": QUERY });
    await work.init();
    const listed = succeeded(await work.run(["query", "-generate-config-out=found.tf"]));
    expect(listed.stdout).toContain("bot: developer in platform/charts");
    expect(listed.stdout.match(/\bbot\b|\bother\b/g)?.length).toBeGreaterThanOrEqual(6);

    succeeded(await work.validate());
    const plan = await work.plan();
    const changes = (await plan.json()).resource_changes ?? [];
    expect(changes).toHaveLength(6);
    expect([...new Set(changes.flatMap(({ change }) => change.actions))]).toEqual(["no-op"]);
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });
});

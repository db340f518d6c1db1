import { isUnknown } from "../../src/provider/contract";
import { readPlan } from "../../src/review";
import type { World } from "./world";

/** What a review says of the destinations, of the plan as Terraform writes it. */
export async function reviewedDeliveries(world: World): Promise<string[]> {
  const before = world.token;
  const after = (await world.driver.plan()).planned.get("token") ?? {};
  const entries = Object.entries(after);
  const change = {
    actions: ["update"],
    before,
    after: Object.fromEntries(entries.filter(([, value]) => !isUnknown(value))),
    after_unknown: Object.fromEntries(
      entries.filter(([, value]) => isUnknown(value)).map(([name]) => [name, true]),
    ),
  };
  const token = { address: "glsa_access_token.ci", type: "glsa_access_token", name: "ci" };
  const provider_name = "registry.terraform.io/glsa/glsa";
  const plan = {
    format_version: "1.2",
    terraform_version: "1.12.0",
    resource_changes: [{ ...token, mode: "managed", provider_name, change }],
  };
  const { accounts } = readPlan(JSON.stringify(plan), { today: "2027-06-01" });
  return accounts
    .flatMap(({ changes }) => changes)
    .filter(({ kind }) => kind.startsWith("delivery"))
    .map(({ summary }) => summary)
    .sort();
}

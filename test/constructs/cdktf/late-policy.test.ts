import { TerraformVariable, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AccountOwner, Delivery, Policy, ServiceAccount } from "../../../constructs/cdktf";
import { officialStack } from "./official/stacks";
import { newStack, onlyResource } from "./synthesized";

/* A scope or role that comes later is judged by a condition of the resource, where no provider of glsa's does it. */

interface Condition {
  readonly condition: string;
  readonly error_message: string;
}

const NEVER = "2999-12-31";

function declare(scope: Construct, stack: TerraformStack, username = "bot"): void {
  const late = new TerraformVariable(stack, "late", {});
  const bot = new ServiceAccount(scope, "bot", {
    owner: AccountOwner.group("1"),
    username,
    purpose: "deploys",
    contact: "platform-team",
  });
  bot.joinGroup("1", late.stringValue);
  bot.addToken("ci", {
    scopes: ["read_api", late.stringValue],
    expiresAt: NEVER,
    storeValue: true,
    deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "BOT" })],
  });
}

function conditionsOf(stack: TerraformStack, type: string): Condition[] {
  const { lifecycle } = onlyResource(stack, type) as {
    lifecycle?: { precondition?: Condition[] };
  };
  return lifecycle?.precondition ?? [];
}

const TOKEN = "gitlab_group_service_account_access_token";

test("on the official provider the resource refuses what the policy does, where the value is known", () => {
  const stack = officialStack();
  declare(stack, stack);
  Policy.of(stack).tighten({ maxRole: "developer" });
  expect(conditionsOf(stack, "gitlab_group_membership")).toEqual([
    {
      condition: '${!contains(["maintainer", "owner"], lower(var.late))}',
      error_message:
        "[stack/bot/group_1] role: Membership of bot in 1 breaks the rule max-role. Its role comes from elsewhere, and is one of maintainer, owner. " +
        'Use another value, or declare it where it comes from. If it must be so for a while, add an exception to the policy for rule "max-role", object "bot@1", with a reason and an end date. [max-role]',
    },
  ]);
  const [scopes, ...others] = conditionsOf(stack, TOKEN);
  expect(others).toEqual([]);
  expect(scopes?.condition).toBe(
    '${(length(setintersection(["read_api", var.late], ["sudo", "scope:sudo", "admin_mode", "scope:admin_mode"])) < 1)}',
  );
  expect(scopes?.error_message).toContain('Token "ci" of bot breaks the rule forbidden-scope');
});

test("what the engine does besides stays, and nothing that is known, excepted or only a warning makes a condition", () => {
  const stack = officialStack();
  declare(stack, stack);
  expect(onlyResource(stack, TOKEN)["lifecycle"]).toMatchObject({ create_before_destroy: true });
  expect(conditionsOf(stack, "gitlab_group_membership")).toEqual([]);
  const exception = { rule: "forbidden-scope", reason: "imports", until: NEVER } as const;
  Policy.of(stack).except({ ...exception, object: "bot/ci" });
  expect(conditionsOf(stack, TOKEN)).toEqual([]);
});

test("glsa's provider judges by the policy of its stack, so that only a policy further inside makes conditions", () => {
  const stack = newStack();
  Policy.of(stack).tighten({ maxRole: "maintainer" });
  const team = new Construct(stack, "team");
  declare(team, stack);
  expect(conditionsOf(stack, "glsa_membership")).toEqual([]);
  expect(conditionsOf(stack, "glsa_access_token")).toEqual([]);
  Policy.of(team).tighten({ maxRole: "developer" });
  expect(conditionsOf(stack, "glsa_membership").map(({ condition }) => condition)).toEqual([
    '${!contains(["maintainer", "owner"], lower(var.late))}',
  ]);
  expect(conditionsOf(stack, "glsa_access_token")).toHaveLength(1);
});

test("conditions of the program's own stay beside them", () => {
  const stack = newStack();
  const late = new TerraformVariable(stack, "late", {});
  const owner = AccountOwner.group("1");
  const bot = new ServiceAccount(stack, "bot", { owner, username: "bot" });
  const member = bot.joinGroup("1", late.stringValue);
  const own = { condition: "${var.late != null}", errorMessage: "no role" };
  member.resource.lifecycle = { precondition: [own] };
  Policy.of(bot).tighten({ maxRole: "developer" });
  expect(conditionsOf(stack, "glsa_membership")).toMatchObject([
    { condition: own.condition, error_message: "no role" },
    { error_message: expect.stringContaining("max-role") as string },
  ]);
});

test("names are told as they are, whatever Terraform would read in them", () => {
  const stack = officialStack();
  Policy.of(stack).tighten({ maxRole: "developer" });
  const late = new TerraformVariable(stack, "late", {});
  const owner = AccountOwner.group("1");
  const bot = new ServiceAccount(stack, "bot", { owner, username: "bot" });
  bot.addToken("%{x}", { scopes: [late.stringValue], expiresAt: NEVER, storeValue: true });
  const [told] = conditionsOf(stack, TOKEN);
  expect(told?.error_message).toContain("%%{x}");
});

import {
  AccountOwner,
  Delivery,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
} from "../../../constructs/cdktf";
import { newStack, synthError, synthesize } from "./synthesized";

test("objects of the official provider are moved, and a delivered variable is let go, as the guide says", () => {
  const stack = newStack();
  const bot = new ServiceAccount(stack, "bot", {
    owner: AccountOwner.group("platform"),
    username: "bot",
  });
  bot.resource.moveFromId("gitlab_group_service_account.bot");
  const ci = bot.addToken("ci", {
    scopes: [Scope.READ_API],
    rotation: Rotation.every("83d", { lifetime: "90d" }),
    deliverTo: [
      Delivery.ciVariable({ project: "platform/charts", key: "BOT_TOKEN", overwrite: true }),
    ],
  });
  ci.resource.moveFromId("gitlab_group_service_account_access_token.ci");
  const charts = bot.joinProject("platform/charts", Role.DEVELOPER);
  charts.resource.moveFromId("gitlab_project_membership.charts");
  const variable = { from: "gitlab_project_variable.ci", lifecycle: { destroy: false } };
  stack.addOverride("removed", [variable]);

  expect(synthError(stack)).toBe("");
  expect(synthesize(stack)).toMatchObject({
    moved: [
      { from: "gitlab_group_service_account.bot", to: "glsa_service_account.bot" },
      { from: "gitlab_group_service_account_access_token.ci", to: "glsa_access_token.bot_ci" },
      {
        from: "gitlab_project_membership.charts",
        to: "glsa_membership.bot_project_platform__charts",
      },
    ],
    removed: [variable],
  });
});

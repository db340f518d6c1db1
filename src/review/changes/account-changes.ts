import type { AccountForm } from "../objects/forms";
import type { PlannedAccount } from "../objects/planned-object";
import { inWords, sameValue } from "../objects/values";
import type { Change } from "../review";
import { teller, type Tell } from "./change";
import { fromTo, settingChanges } from "./settings";

const ENDS = "Its tokens stop working at once, and its memberships go.";

export function accountChanges({ resource, before, after }: PlannedAccount): Change[] {
  const tell = teller(resource, "account");
  const differences = before && after ? formChanges(before, after, tell) : [];
  switch (resource.action) {
    case "none":
    case "update":
      return differences;
    case "create":
      return [tell("account-created", "gains", "created")];
    case "replace":
    case "create-and-forget":
      return [replacement({ resource, before, after }, tell), ...differences];
    case "forget":
      return [tell("account-released", "changes", "no longer managed, and kept on the server")];
    case "delete":
      return before === null ? [] : [removal(before, tell, resource.isLeftover)];
  }
}

function removal(before: AccountForm, tell: Tell, isLeftover: boolean): Change {
  const leftover = isLeftover ? ["It is left over from a replacement that was interrupted."] : [];
  if (before.onDestroy === "retain") {
    return tell("account-released", "changes", "no longer managed, and kept on the server", {
      details: leftover,
    });
  }
  if (before.onDestroy === "disable") {
    const details = [
      "Every token of it is revoked and every membership removed; the user stays.",
      ...leftover,
    ];
    return tell("account-disabled", "destroys", "disabled", { details });
  }
  return tell("account-deleted", "destroys", "deleted", {
    details: [ENDS, ...hardDeletion(before), ...leftover],
  });
}

function replacement(
  { resource, before, after }: Pick<PlannedAccount, "resource" | "before" | "after">,
  tell: Tell,
): Change {
  const owners = [before?.owner ?? null, after?.owner ?? null] as const;
  const moves = sameValue(...owners) ? {} : fromTo(...owners);
  return tell("account-replaced", "destroys", "replaced by another one", {
    ...moves,
    details: ["Another user with another id.", fateOfOld(resource.action, before)],
  });
}

function fateOfOld(action: string, before: AccountForm | null): string {
  if (action === "create-and-forget" || before?.onDestroy === "retain") {
    return "The old one stays on the server, no longer managed.";
  }
  if (before?.onDestroy === "disable") {
    return "The old one loses its tokens and memberships, and stays as a user.";
  }
  return ["The old one is deleted.", ENDS, ...(before ? hardDeletion(before) : [])].join(" ");
}

function hardDeletion({ settings }: AccountForm): string[] {
  return settings["hard_delete"] === true
    ? ["What it contributed is deleted too (hard_delete)."]
    : [];
}

function formChanges(before: AccountForm, after: AccountForm, tell: Tell): Change[] {
  return [
    ...nameChanges(before, after, tell),
    ...suspensionChanges(before, after, tell),
    ...(sameValue(before.onDestroy, after.onDestroy)
      ? []
      : [
          tell(
            "account-setting",
            "changes",
            "on_destroy",
            fromTo(before.onDestroy, after.onDestroy),
          ),
        ]),
    ...settingChanges(before.settings, after.settings, tell, { kind: "account-setting" }),
  ];
}

function suspensionChanges(
  { suspended: was }: AccountForm,
  { suspended: is }: AccountForm,
  tell: Tell,
): Change[] {
  if ((was ?? false) === (is ?? false)) return [];
  if (is === true) {
    const details = ["No token of it works any more. Its memberships and tokens stay as they are."];
    return [tell("account-suspended", "loses", "suspended", { details })];
  }
  const how = is === false ? "resumed" : "suspended or resumed, and the plan does not tell which";
  const details = ["Its tokens work again, with the memberships that it has."];
  return [tell("account-resumed", "gains", how, { details })];
}

function nameChanges(before: AccountForm, after: AccountForm, tell: Tell): Change[] {
  // A name that is not written is the username, and follows it.
  const follows = sameValue(before.name, before.username) && sameValue(after.name, after.username);
  const changes: Change[] = [];
  if (!sameValue(before.username, after.username)) {
    changes.push(
      tell("account-renamed", "changes", "renamed", fromTo(before.username, after.username)),
    );
  }
  if (!follows && !sameValue(before.name, after.name)) {
    changes.push(
      tell("account-renamed", "changes", "display name", fromTo(before.name, after.name)),
    );
  }
  const isReplaced = inWords(after.userId) !== inWords(before.userId);
  // GitLab makes up an address for every account, so that another account has another one.
  const isMadeUp = isReplaced && inWords(after.email) === "(known after apply)";
  if (!isMadeUp && !sameValue(before.email, after.email)) {
    changes.push(
      tell("account-renamed", "changes", "e-mail address", fromTo(before.email, after.email)),
    );
  }
  return changes;
}

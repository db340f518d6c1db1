import type { MembershipForm } from "../objects/forms";
import type { PlannedMembership } from "../objects/planned-object";
import { inWords } from "../objects/values";
import type { Change } from "../review";
import { teller, type Tell } from "./change";
import { compareEnds, endInWords } from "./expiry";
import { roleChanges, roleInWords } from "./roles";
import { settingChanges } from "./settings";

export function membershipChanges({ resource, before, after }: PlannedMembership): Change[] {
  const { action, isLeftover } = resource;
  const tellOf = (form: MembershipForm) => teller(resource, objectOf(form));
  switch (action) {
    case "none":
    case "update":
      return before && after ? formChanges(before, after, tellOf(after)) : [];
    case "create":
      return after === null ? [] : [addition(after, tellOf(after))];
    case "forget":
      return before === null ? [] : [release(tellOf(before))];
    case "create-and-forget":
    case "replace":
      return [
        ...(before === null
          ? []
          : [action === "replace" ? removal(before, tellOf(before)) : release(tellOf(before))]),
        ...(after === null ? [] : [addition(after, tellOf(after))]),
      ];
    case "delete":
      return before === null ? [] : [removal(before, tellOf(before), isLeftover)];
  }
}

function objectOf({ place }: MembershipForm): string {
  return `membership of ${inWords(place)}`;
}

function addition(after: MembershipForm, tell: Tell): Change {
  return tell("membership-added", "gains", "added", {
    to: roleInWords(after),
    details: after.expiresAt === null ? [] : [`It ends on ${endInWords(after.expiresAt)}.`],
  });
}

function removal(before: MembershipForm, tell: Tell, isLeftover = false): Change {
  const details: string[] = [];
  if (before.status === "expired")
    details.push(`It had run out on ${endInWords(before.expiresAt)}.`);
  if (before.removesBelow)
    details.push("Its memberships in all subgroups and projects below go too.");
  if (isLeftover) details.push("It is left over from a replacement that was interrupted.");
  const summary = before.removesBelow ? "removed, and all below" : "removed";
  return tell("membership-removed", "loses", summary, { from: roleInWords(before), details });
}

function release(tell: Tell): Change {
  return tell("setting-changed", "changes", "no longer managed, and kept on the server");
}

function formChanges(before: MembershipForm, after: MembershipForm, tell: Tell): Change[] {
  const changes = [
    ...roleChanges(before, after, tell),
    ...accessChanges(before, after, tell),
    ...settingChanges(before.settings, after.settings, tell),
  ];
  const returns = before.status === "expired" && after.status === "active";
  const [first, ...rest] = changes;
  if (!returns || first === undefined) return changes;
  const detail = `The membership had run out on ${endInWords(before.expiresAt)}; it is made anew.`;
  return [{ ...first, effect: "gains", details: [...first.details, detail] }, ...rest];
}

function accessChanges(before: MembershipForm, after: MembershipForm, tell: Tell): Change[] {
  const words = { from: endInWords(before.expiresAt), to: endInWords(after.expiresAt) };
  switch (compareEnds(before.expiresAt, after.expiresAt)) {
    case "same":
      return [];
    case "later":
      return [tell("access-lengthened", "gains", "access lengthened", words)];
    case "earlier":
      return [tell("access-shortened", "loses", "access shortened", words)];
  }
}

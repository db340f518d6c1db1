import { isAtLeast } from "../../../src/model";
import type { OfficialObject } from "../../../src/official";
import type { AccountOptions } from "../account-options";
import type { DeclarationProblem } from "../declaration-problem";
import type { OfficialFront } from "./front";
import { isSet, refusal } from "./refusal";

/** The first release of the official provider that has accounts of projects, with their tokens. */
export const PROJECT_ACCOUNTS_SINCE = "19.3";

type AccountDeclaration = Omit<AccountOptions, "username"> & { readonly username: string };

/** The account as a resource of the official provider. Without a name it is shown by its username, as glsa does. */
export function officialAccount(
  { owner, username, name, email, timeouts }: AccountDeclaration,
  front: OfficialFront,
): OfficialObject {
  const { kind, container } = owner;
  const properties = {
    username,
    name: name ?? username,
    email,
    timeouts: timeouts?.delete === undefined ? undefined : { delete: timeouts.delete },
  };
  if (container === undefined) return { kind: "instanceServiceAccount", properties };
  const place = front.text(container);
  return kind === "group"
    ? { kind: "groupServiceAccount", properties: { ...properties, group: place } }
    : { kind: "projectServiceAccount", properties: { ...properties, project: place } };
}

/** What of an account the official provider cannot do. */
export function accountRefusals(
  account: Pick<
    AccountOptions,
    "owner" | "formerUsername" | "deletionProtection" | "onDestroy" | "hardDelete" | "timeouts"
  >,
  front: OfficialFront,
): DeclarationProblem[] {
  const { formerUsername, deletionProtection, onDestroy, hardDelete, timeouts } = account;
  const problems = ownerRefusals(account, front);
  if (formerUsername !== undefined) {
    problems.push(
      refusal(
        "formerUsername",
        "cannot rename an account: it makes another one, and removes this one with its tokens and memberships",
        "Leave formerUsername out to have that",
      ),
    );
  }
  if (isSet(deletionProtection) && deletionProtection !== true) {
    problems.push(
      refusal(
        "deletionProtection",
        "leaves protection from deletions to the engine, which must know of it now",
        "Write true or false",
      ),
    );
  }
  if (onDestroy !== undefined && onDestroy !== "delete") {
    problems.push(refusal("onDestroy", "can only delete an account", "Leave onDestroy out"));
  }
  if (isSet(hardDelete)) {
    problems.push(
      refusal(
        "hardDelete",
        "decides by itself what becomes of an account's contributions",
        "Leave hardDelete out",
      ),
    );
  }
  if (timeouts?.create !== undefined) {
    problems.push(
      refusal(
        "timeouts.create",
        "does not wait for a username that a deleted account still holds",
        "Leave timeouts.create out",
      ),
    );
  }
  return problems;
}

/** What of an account that something else made the official provider cannot find. */
export function ownerRefusals(
  { owner }: Pick<AccountOptions, "owner">,
  { isLate }: OfficialFront,
): DeclarationProblem[] {
  const { kind, container } = owner;
  if (kind !== "group" || isLate(container) || typeof container !== "string") return [];
  const path = container.replace(/^\/+|\/+$/g, "");
  if (!path.includes("/")) return [];
  return [
    refusal(
      "owner",
      `has accounts of top-level groups only; got "${path}"`,
      `Write AccountOwner.group("${path.split("/")[0]}")`,
    ),
  ];
}

/**
 * Bindings that are older than accounts of projects.
 * @param version of the provider that the bindings were made from; undefined where they do not say
 */
export function projectAccountRefusals(
  { owner }: Pick<AccountOptions, "owner">,
  version: string | undefined,
): DeclarationProblem[] {
  if (owner.kind !== "project" || isAtLeast(version ?? "", PROJECT_ACCOUNTS_SINCE)) return [];
  const seen = version === undefined ? "do not say their version" : `are of ${version}`;
  return [
    refusal(
      "owner",
      `has accounts of projects from ${PROJECT_ACCOUNTS_SINCE}, and its bindings ${seen}`,
      "Write AccountOwner.group, take newer bindings",
    ),
  ];
}

import { samePath } from "../../../src/model";
import type { AccountOwner } from "../../words";
import type { DeclaredAccount } from "../declarations";
import { spell } from "../late";
import type { ExpectedAccount } from "./expected";
import type { Kind, Property } from "./kind";
import { plain } from "./plain";

export const ACCOUNTS: Kind<DeclaredAccount, ExpectedAccount> = {
  matcher: "toDeclareServiceAccount",
  singular: "service account",
  plural: "service accounts",
  list: ({ accounts }) => accounts,
  describe({ username, owner, name, email, deletionProtection, onDestroy }) {
    const facts = [
      name === username ? "" : ` named "${spell(name)}"`,
      email === undefined ? "" : ` with the e-mail address ${spell(email)}`,
      deletionProtection ? " with deletion protection" : "",
      onDestroy === "delete" ? "" : ` with onDestroy "${onDestroy}"`,
    ];
    return `${spell(username)} is a service account of ${spell(owner)}${facts.join("")}`;
  },
  properties: {
    username: {
      ...plain("username", (username) => username),
      equals: (expected, declared) => samePath(expected, String(declared)),
      isIdentity: true,
    },
    owner: ownerProperty(),
    name: plain("name", (name) => `named "${name}"`),
    email: plain("email", (email) => `with the e-mail address ${email}`),
    deletionProtection: plain(
      "deletionProtection",
      (wanted) => `${wanted ? "with" : "without"} deletion protection`,
    ),
    onDestroy: plain("onDestroy", (onDestroy) => `with onDestroy "${onDestroy}"`),
  },
};

function ownerProperty(): Property<DeclaredAccount, AccountOwner> {
  return {
    of: ({ owner }) => owner,
    equals: (expected, declared) => samePath(ownerText(expected), String(declared)),
    say: (expected) => `of ${ownerText(expected)}`,
    spelled: ownerText,
  };
}

function ownerText({ kind, container }: AccountOwner): string {
  if (container === undefined) return "the instance";
  return `${kind} ${spell(container).replace(/^\/+|\/+$/g, "")}`;
}

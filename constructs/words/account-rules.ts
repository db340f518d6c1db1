import {
  LONGEST_DESCRIPTION,
  timeoutProblem,
  usernameProblem,
  type Problem,
} from "../../src/model";
import type { AccountOwner } from "./account-owner";
import {
  choiceProblems,
  containerProblems,
  lengthProblems,
  nameProblems,
  ruleProblems,
} from "./common-rules";
import { at, type DeclarationProblem } from "./declaration-problem";
import { defaultDescription } from "./defaults";
import type { IsLate } from "./late";

export const ACCOUNT_ON_DESTROY = ["delete", "disable", "retain"] as const;

/** What destroying an account does. */
export type AccountOnDestroy = (typeof ACCOUNT_ON_DESTROY)[number];

/** How long to wait for the server, as in `10m`. */
export interface AccountTimeouts {
  /**
   * For a username that a deleted account still holds.
   * @default "10m"
   */
  readonly create?: string;
  /**
   * For GitLab to finish a deletion. After this time the deletion continues in the background.
   * @default "1m"
   */
  readonly delete?: string;
}

interface AccountDeclaration {
  readonly owner: AccountOwner;
  /** The given or default username. Undefined if none can be derived. */
  readonly username: string | undefined;
  readonly name?: string;
  readonly email?: string;
  readonly purpose?: string;
  readonly contact?: string;
  readonly onDestroy?: string;
  readonly timeouts?: AccountTimeouts;
}

/** All problems of an account's declaration. */
export function accountProblems(account: AccountDeclaration, isLate: IsLate): DeclarationProblem[] {
  const { timeouts } = account;
  return [
    ...containerProblems("owner", account.owner.container, isLate),
    ...usernameProblems(account, isLate),
    ...nameProblems("name", account.name, isLate),
    ...ruleProblems("email", account.email, emailProblem, isLate),
    ...lengthProblems(
      "purpose and contact",
      aboutText(account, isLate),
      LONGEST_DESCRIPTION,
      isLate,
    ),
    ...choiceProblems("onDestroy", account.onDestroy, ACCOUNT_ON_DESTROY, isLate),
    ...timeoutProblems("create", timeouts?.create, isLate),
    ...timeoutProblems("delete", timeouts?.delete, isLate),
  ];
}

function usernameProblems(
  { owner, username }: AccountDeclaration,
  isLate: IsLate,
): DeclarationProblem[] {
  if (username !== undefined) return ruleProblems("username", username, usernameProblem, isLate);
  return at("username", {
    code: "missing-username",
    summary: "A username is missing",
    detail: `The username can be left out only if the owner is given by its path; the owner is a ${owner.kind} given by ${isLate(owner.container) ? "a value that is known later" : `the number ${owner.container}`}. Write a username.`,
  });
}

function emailProblem(email: string): Problem | undefined {
  if (/^[^\s@]+@[^\s@]+$/.test(email)) return undefined;
  return {
    code: "malformed-email",
    summary: `"${email}" is not an email address`,
    detail: `The address must have the form name@host; got "${email}". Leave it out to let GitLab generate one.`,
  };
}

function aboutText(account: AccountDeclaration, isLate: IsLate): string | undefined {
  const { purpose, contact } = account;
  return isLate(purpose) || isLate(contact) ? undefined : defaultDescription({ purpose, contact });
}

function timeoutProblems(
  step: keyof AccountTimeouts,
  text: string | undefined,
  isLate: IsLate,
): DeclarationProblem[] {
  const property = `timeouts.${step}`;
  return ruleProblems(property, text, (value) => timeoutProblem(property, value), isLate);
}

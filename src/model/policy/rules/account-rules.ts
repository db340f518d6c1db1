import { isBlank } from "../../blank";
import type { AccountFacts } from "../facts";
import type { Rule } from "./rule";

const purposeAndContact: Rule<AccountFacts> = {
  name: "purpose-and-contact",
  judges: "account",
  summary: "An account has a purpose and a contact.",
  severity: "warning",
  stages: ["synth"],
  setting: null,
  breach({ purpose, contact }) {
    const missing = [
      ...(isMissing(purpose) ? ["purpose"] : []),
      ...(isMissing(contact) ? ["contact"] : []),
    ];
    if (missing.length === 0) return undefined;
    return {
      attribute: null,
      detail: `It has no ${missing.join(" and no ")}.`,
      remedy: `Write ${missing.join(" and ")}: what it is for and whom to ask is shown in its tokens' descriptions.`,
    };
  },
};

function isMissing(words: string | null | undefined): boolean {
  return words === null || (words !== undefined && isBlank(words));
}

export const ACCOUNT_RULES = [purposeAndContact];

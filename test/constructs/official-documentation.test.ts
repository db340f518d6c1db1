import { readFileSync } from "node:fs";
import { ACCOUNT_REFUSALS, ROLE_REFUSAL, TOKEN_REFUSALS } from "./official-refusals";

const page = readFileSync("docs/official-provider.md", "utf8");
const REFUSALS = [...ACCOUNT_REFUSALS, ...TOKEN_REFUSALS, ["a role", {}, ROLE_REFUSAL] as const];

/** What stands between "The official GitLab provider" and the way out; of what was declared only the rule. */
function cannot(message: string): string {
  const [, sentence = ""] =
    /The official GitLab provider (.*?)(?:; got .*?)?\. [A-Z]/.exec(message) ?? [];
  return sentence;
}

test.each(REFUSALS)(
  "the page on the official provider says that %s is refused",
  (_, __, message) => {
    expect(cannot(message)).not.toBe("");
    expect(page).toContain(`| ${cannot(message)} `);
  },
);

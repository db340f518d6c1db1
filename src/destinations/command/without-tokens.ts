import { holdsSecret, secrets } from "../../http";

/** A command of glsa may itself run glsa, whose facts would be the wrong ones. */
const FACTS = new Set(["GLSA_TOKEN_ID", "GLSA_GENERATION", "GLSA_KEY", "GLSA_ACTION"]);

/** The tokens that this run authenticates with; from now on none of them is shown. */
export function ownTokensOf(ownToken: string, environment: NodeJS.ProcessEnv): readonly string[] {
  const tokens = [ownToken, environment["GITLAB_TOKEN"] ?? ""].filter(Boolean);
  secrets.add(...tokens);
  return tokens;
}

/**
 * The program gets the new token; that of the provider, which may do far more, is none of its business, however it came:
 * as TF_VAR_…, inside a URL or a header.
 */
export function withoutTokens(
  environment: NodeJS.ProcessEnv,
  tokens: readonly string[],
): NodeJS.ProcessEnv {
  const isPassed = ([name, value = ""]: [string, string | undefined]) =>
    name !== "GITLAB_TOKEN" && !FACTS.has(name) && !tokens.some((own) => holdsSecret(value, own));
  return Object.fromEntries(Object.entries(environment).filter(isPassed));
}

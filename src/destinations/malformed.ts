import type { Problem } from "../model";

/** A rule of one setting of a destination: what it has to match, in words and as a test. */
export interface TextRule {
  /** As it is written in HCL. */
  readonly name: string;
  /** What follows "must". */
  readonly must: string;
  readonly example: string;
  readonly fits: (value: string) => boolean;
}

/** The same for HCL, YAML and programs. */
export function textRule(rule: TextRule): { problem(value: string): Problem | undefined } {
  const { name, must, example, fits } = rule;
  return {
    problem(value) {
      if (fits(value)) return undefined;
      return {
        code: "malformed-service-setting",
        summary: `"${value}" cannot be the ${name} of a destination`,
        detail: `${name} must ${must}; got "${value}". Write such as "${example}".`,
      };
    },
  };
}

/** Whether a URL has anything beside a server and a path: what might be a credential. */
export function holdsMoreThanAddress({ username, password, search, hash }: URL): boolean {
  return `${username}${password}${search}${hash}` !== "";
}

/** An address without anything secret in it: credentials come from the environment. */
export function addressRule(
  name: string,
  example: string,
): { problem(value: string): Problem | undefined } {
  return {
    problem(value) {
      const url = URL.canParse(value) ? new URL(value) : undefined;
      const isServer = url !== undefined && /^https?:$/.test(url.protocol);
      if (isServer && !holdsMoreThanAddress(url)) return undefined;
      return {
        code: "malformed-service-address",
        summary: `The ${name} of a destination cannot be used`,
        // The value seen is left out: it may hold a password.
        detail: `${name} must be an http or https address with neither a user name, a password, a query nor a fragment. Write such as "${example}"; credentials come from the environment.`,
      };
    },
  };
}

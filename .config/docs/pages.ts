import { policyPage } from "./policy-page";

/** Every generated page, by its path. */
export const PAGES: Readonly<Record<string, () => string>> = {
  "docs/policy.md": policyPage,
};

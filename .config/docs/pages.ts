import { apiPage } from "./api-page";
import { policyPage } from "./policy-page";
import { providerPage } from "./provider-page";

/** Every generated page, by its path. */
export const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  "docs/api/cdktf.md": () => apiPage("cdktf"),
  "docs/api/pulumi.md": () => apiPage("pulumi"),
  "docs/api/testing.md": () => apiPage("testing"),
  "docs/api/sandbox.md": () => apiPage("sandbox"),
  "docs/api/provider.md": providerPage,
  "docs/policy.md": policyPage,
};

import { cdktfBindings } from "../bindings/cdktf";
import { deliveryWords, implementations } from "../bindings/destinations";
import { pulumiBindings } from "../bindings/pulumi";
import { apiPage } from "./api-page";
import { auditPage } from "./audit-page";
import { doctorPage } from "./doctor-page";
import { llmsText } from "./llms";
import { policyPage } from "./policy-page";
import { providerPage } from "./provider-page";

/** Every generated file, by its path. The bindings come first: the pages are written from their docstrings. */
export const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  "src/destinations/implementations.ts": implementations,
  "constructs/words/delivery/generated.ts": deliveryWords,
  "constructs/cdktf/generated.ts": cdktfBindings,
  "constructs/pulumi/generated.ts": pulumiBindings,
  "docs/api/cdktf.md": () => apiPage("cdktf"),
  "docs/api/pulumi.md": () => apiPage("pulumi"),
  "docs/api/testing.md": () => apiPage("testing"),
  "docs/api/sandbox.md": () => apiPage("sandbox"),
  "docs/api/provider.md": providerPage,
  "docs/audit.md": auditPage,
  "docs/doctor.md": doctorPage,
  "docs/policy.md": policyPage,
  "docs/llms.txt": llmsText,
};

import { proxyFor, SetupError } from "../../http";
import type { Check } from "../check";
import { fault, fine } from "../finding";

/** What the environment puts between here and GitLab. */
export const proxy: Check = {
  name: "proxy",
  needs: [],
  examine: ({ baseUrl: { url }, environment }) => {
    // The check "gitlab" tells of an address that is none.
    if (!URL.canParse(url)) return [];
    try {
      const used = proxyFor(new URL(url), environment);
      if (used === undefined) return [fine("GitLab is asked without a proxy")];
      return [fine(`GitLab is asked through the proxy ${used.origin}`)];
    } catch (failure) {
      if (!(failure instanceof SetupError)) throw failure;
      return [fault("unusable-proxy", capital(failure.message), failure.remedy)];
    }
  },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import { isGitLabError } from "../../gitlab";
import type { Check } from "../check";
import { fault, fine, warning } from "../finding";
import type { Setup } from "../setup";

/** The part of a limit below which a plan is likely to wait. */
const LITTLE = 0.1;

/** What GitLab's limiter still lets pass. */
export const rateLimit: Check = {
  name: "rate-limit",
  needs: ["gitlab"],
  examine: async (setup) => {
    const remedy =
      "Wait a minute, lower max_requests_per_minute, or find what else uses this user's requests.";
    if (await isRefused(setup)) {
      return [
        fault("gitlab-rate-limited", "GitLab refuses requests of this user as too many", remedy),
      ];
    }
    const told = setup.gitlab.client.rateLimit;
    if (told === undefined) return [fine("GitLab tells of no limit for requests")];
    const { remaining, limit } = told;
    const what = `GitLab lets ${remaining}${limit === undefined ? "" : ` of ${limit}`} requests of this minute pass`;
    const isLittle = limit !== undefined && remaining < limit * LITTLE;
    return [isLittle ? warning("few-requests-left", what, remedy) : fine(what)];
  },
};

async function isRefused({ gitlab }: Setup): Promise<boolean> {
  try {
    await gitlab.metadata();
    return false;
  } catch (cause) {
    if (!isGitLabError(cause)) throw cause;
    return isGitLabError(cause, "rate_limited");
  }
}

import { OLDEST_GITLAB, WITHOUT_LICENCE } from "../../gitlab";
import { isAtLeast } from "../../model";
import type { Check } from "../check";
import { fault, fine } from "../finding";

/** GitLab's version, edition and tier. */
export const version: Check = {
  name: "version",
  needs: ["own-token"],
  examine: async ({ gitlab }) => {
    const { version: running, enterprise } = await gitlab.metadata();
    if (!isAtLeast(running, OLDEST_GITLAB)) {
      const what = `GitLab ${running} is too old: glsa needs ${OLDEST_GITLAB}`;
      return [fault("gitlab-too-old", what, "Upgrade the server.")];
    }
    const isAdministrator = await gitlab.isAdministrator();
    if (enterprise === false && !isAdministrator) {
      return [
        fault(
          "community-edition",
          `GitLab ${running} is the Community Edition, where only administrators manage service accounts`,
          "Use an administrator's token, or the Enterprise Edition.",
        ),
      ];
    }
    const tier = await gitlab.tier();
    if (tier === "free" && !isAtLeast(running, WITHOUT_LICENCE)) {
      return [
        fault(
          "licence-missing",
          `GitLab ${running} has service accounts with a Premium or Ultimate licence only, and has none`,
          `Add the licence, or upgrade to ${WITHOUT_LICENCE} or later, which needs none.`,
        ),
      ];
    }
    return [
      fine(
        `GitLab ${running}, ${tier === undefined ? "whose tier it tells administrators alone" : `tier ${tier}`}`,
      ),
    ];
  },
};

import type { Check } from "../check";
import { fine, warning } from "../finding";

/** Logins by signed documents (Vault's JWT, a GitHub App) allow about this much, AWS five minutes. */
const WARNED_SECONDS = 60;

/** This machine's clock beside GitLab's, whose dates count for tokens: glsa itself needs no other. */
export const clock: Check = {
  name: "clock",
  needs: ["gitlab"],
  examine: ({ ahead }) => {
    if (ahead === undefined) return [fine("GitLab does not tell its time")];
    const seconds = Math.round(Math.abs(ahead) / 1000);
    const what = `This machine's clock is ${seconds} seconds ${ahead > 0 ? "ahead of" : "behind"} GitLab's`;
    const remedy =
      "Set the clock, or have it set (NTP): certificates and logins to other services depend on it.";
    if (seconds > WARNED_SECONDS) return [warning("clock-wrong", what, remedy)];
    return [fine("This machine's clock agrees with GitLab's")];
  },
};

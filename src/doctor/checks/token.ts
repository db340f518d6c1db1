import type { Check } from "../check";
import { fault, fine } from "../finding";

/** Whether there is a token that can be sent at all. */
export const token: Check = {
  name: "token",
  needs: [],
  examine: ({ token: value }) => {
    if (value === "") {
      return [
        fault(
          "missing-token",
          "There is no token for GitLab",
          "Set GITLAB_TOKEN to a personal access token with the scope api, of a group Owner or an administrator. A protected variable reaches jobs of protected branches alone.",
        ),
      ];
    }
    // Never quoted: it may be a value with something beside it.
    if (/^[\x21-\x7e]+$/.test(value)) return [fine("GITLAB_TOKEN is set")];
    const what = "GITLAB_TOKEN holds a blank or a character that no token has";
    return [fault("malformed-token", what, "Copy the token again, without what is around it.")];
  },
};

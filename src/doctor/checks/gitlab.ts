import { baseUrlProblem, isGitLabError } from "../../gitlab";
import type { Check } from "../check";
import { failed } from "../failure";
import { fault, fine } from "../finding";

/** Whether a GitLab answers at the address, whatever it thinks of the token. */
export const gitlab: Check = {
  name: "gitlab",
  needs: ["proxy", "certificates", "token"],
  examine: async (setup) => {
    const { url, from } = setup.baseUrl;
    const problem = baseUrlProblem(url);
    if (problem !== undefined) {
      const what = `The address of GitLab is not usable (${from}): ${problem}`;
      return [fault("unusable-base-url", what, "Write it like https://gitlab.example.com.")];
    }
    const reached = [fine(`GitLab answers at ${url} (${from})`)];
    try {
      await setup.gitlab.metadata();
      return reached;
    } catch (cause) {
      if (!isGitLabError(cause)) throw cause;
      if (isGitLabError(cause, ...OF_GITLAB)) return reached;
      if (!isGitLabError(cause, "not_found")) return [failed(`Cannot ask ${url} (${from})`, cause)];
      const remedy = "Write the address of the instance as it is in a browser, without a group.";
      return [fault("not-a-gitlab", `There is no GitLab at ${url} (${from})`, remedy)];
    } finally {
      const { serverDate } = setup.gitlab.client;
      if (serverDate !== undefined) setup.ahead = Date.now() - serverDate.getTime();
    }
  },
};

/** Answers that only a GitLab gives, and that later checks judge. */
const OF_GITLAB = [
  "unauthorized",
  "token_ended",
  "forbidden",
  "insufficient_scope",
  "rate_limited",
] as const;

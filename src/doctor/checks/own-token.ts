import { isGitLabError, type TokenEntity } from "../../gitlab";
import type { Check } from "../check";
import { failed } from "../failure";
import { fault, fine, warning, type Finding } from "../finding";
import type { Purpose } from "../setup";
import { SCOPES } from "../rights/table";

/** Whether GitLab takes the run's token, and whether its scopes are enough. */
export const ownToken: Check = {
  name: "own-token",
  needs: ["gitlab", "rate-limit"],
  examine: async ({ gitlab, given: { purpose } }) => {
    try {
      const details = await gitlab.ownTokenDetails();
      return [details === undefined ? UNREADABLE : judged(details, purpose)];
    } catch (cause) {
      if (!isGitLabError(cause)) throw cause;
      if (isGitLabError(cause, "forbidden", "insufficient_scope", "not_found")) return [UNREADABLE];
      return [failed("GitLab does not take GITLAB_TOKEN", cause)];
    }
  },
};

const UNREADABLE = warning(
  "own-token-unreadable",
  "GitLab does not show this token its own scopes and expiry",
  "An OAuth token has none to show. Of another kind, give it the scope api, or read its scopes where it was made.",
);

function judged({ name, id, scopes, expires_at: end }: TokenEntity, purpose: Purpose): Finding {
  const token = `Token ${id} ${JSON.stringify(name)} has the scopes ${scopes.join(", ")}, and ${end === null ? "never expires" : `expires on ${end}`}`;
  if (scopes.includes("granular")) {
    const remedy =
      "What it may read is asked below; what it may change, the permissions in docs/doctor.md say.";
    return warning("granular-own-token", `${token}: its permissions are fine-grained`, remedy);
  }
  if (scopes.some((scope) => SCOPES[purpose].includes(scope))) return fine(token);
  const needed = SCOPES[purpose].join(" or ");
  return fault("missing-scope", token, `To ${purpose}, make a token with the scope ${needed}.`);
}

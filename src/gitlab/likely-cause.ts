import { isAtLeast } from "../model";
import type { MetadataEntity } from "./endpoints/entities";
import type { GitLabError } from "./errors";

/** The release from which service accounts need no licence. */
export const WITHOUT_LICENCE = "18.11";
/** The oldest release with every route that glsa needs. */
export const OLDEST_GITLAB = "17.11";

/**
 * A missing role is the usual reason of a refusal. For service accounts it can also be an old server or its licence,
 * which refuse every caller.
 */
export async function likelyCauseOf(
  refusal: GitLabError,
  metadata: () => Promise<MetadataEntity>,
): Promise<GitLabError> {
  const isAboutAccounts = /\/service_accounts(\/|$)/.test(refusal.route);
  if (refusal.kind !== "forbidden" || !isAboutAccounts) return refusal;
  try {
    const remedy = remedyFor(await metadata());
    return remedy === undefined ? refusal : refusal.withRemedy(`${remedy} ${refusal.remedy}`);
  } catch {
    return refusal;
  }
}

function remedyFor({ version, enterprise }: MetadataEntity): string | undefined {
  if (!isAtLeast(version, OLDEST_GITLAB)) {
    return `This server is GitLab ${version}, and glsa needs ${OLDEST_GITLAB} or later: upgrade it.`;
  }
  if (enterprise === false) {
    return "This server is the Community Edition, where only administrators may manage service accounts. Use an administrator's token, or the Enterprise Edition.";
  }
  if (isAtLeast(version, WITHOUT_LICENCE)) return undefined;
  return (
    `This server is GitLab ${version}, which has service accounts only with a Premium or Ultimate licence; from ` +
    `${WITHOUT_LICENCE} on they are on the Free tier too. Have the licence checked, or upgrade. With a licence it is the role:`
  );
}

import { NOTHING_EXPECTED, type Expectation } from "../digest/expectation";
import { readHiddenDigest } from "../digest/hidden-digest";
import { githubPlacesOfCommit } from "./github-place";
import { gitlabPlacesOfCommit } from "./gitlab-place";
import { hiddenMarker, REVIEW_NOTE } from "./hidden-marker";
import { given, PostingError, type CommitPlaces, type Environment } from "./place";

/** What was reviewed before a commit was merged, and where that stands. */
export interface ReviewedBefore {
  /** `merge request !12 of project 34`; where there is no note, of what there is none. */
  readonly label: string;
  readonly isFound: boolean;
  readonly expectation: Expectation;
}

/**
 * What the notes say that reviews of a stack left on the merge requests of this job's commit. Only notes of the token's own
 * user count. Where there is none, nothing was to change.
 */
export async function reviewedBefore(
  environment: Environment,
  name: string | undefined,
): Promise<ReviewedBefore> {
  if (name === undefined) {
    throw new PostingError(
      "--expect note needs --name: what the review of the merge request called the stack.",
    );
  }
  const commit = await placesOf(environment);
  try {
    for (const place of commit.places) {
      const notes = await place.ownNotes();
      const found = notes
        .filter(({ body }) => body.startsWith(hiddenMarker(REVIEW_NOTE)))
        .map(({ body }) => readHiddenDigest(body, name))
        .find((each) => each !== undefined);
      if (found !== undefined) return { label: place.label, isFound: true, expectation: found };
    }
    const labels = commit.places.map(({ label }) => label).join(", ");
    const label = labels === "" ? "this commit: it came by no merge request" : labels;
    return { label, isFound: false, expectation: NOTHING_EXPECTED };
  } finally {
    await commit.close();
  }
}

function placesOf(environment: Environment): Promise<CommitPlaces> {
  if (given(environment, "CI_API_V4_URL") !== undefined) return gitlabPlacesOfCommit(environment);
  if (given(environment, "GITHUB_REPOSITORY") !== undefined) {
    return githubPlacesOfCommit(environment);
  }
  throw new PostingError(
    "--expect note works in jobs of GitLab CI and GitHub Actions, and this is neither (CI_API_V4_URL and GITHUB_REPOSITORY are not set). Give the digest, or the review as JSON.",
  );
}

export { GitHubRefusal } from "./github-client";
export { githubClient, githubRunUrl } from "./github-place";
export { LONGEST_NOTE } from "./gitlab-place";
export { hiddenMarker } from "./hidden-marker";
export { given, linkable, PostingError, type Environment } from "./place";
export { reviewedBefore, type ReviewedBefore } from "./reviewed";
export { postReview, postStacks, type Posted } from "./post";

export { LONGEST_NOTE } from "./gitlab-place";
export { hiddenMarker } from "./hidden-marker";
export { PostingError } from "./place";
export { postReview, type Posted } from "./post";

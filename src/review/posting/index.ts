export { PostingError } from "./place";
export { postReview, type Posted } from "./post";

export { digestOfReview } from "./digest";
export {
  compare,
  expectationOfDigest,
  expectationOfJson,
  type Comparison,
  type Expectation,
} from "./expectation";

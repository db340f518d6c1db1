export { BOUNDS } from "./bounds";
export { PARTS, Prover, type Outcome, type Prospect } from "./prove";
export { Refused } from "./refused";
export { verdictOf, type Verdict } from "./result/verdict";
export { describeOutcome, describeRun } from "./result/text";
export { writeResult } from "./result/write";

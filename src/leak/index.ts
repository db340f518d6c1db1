export { withRevokeNow } from "./code";
export { distinct, type Leaked } from "./leaked";
export { look, type Asked } from "./look";
export { answerText, recordJson, recordMarkdown, sightingsText, type LeakRecord } from "./record";
export { respond, type Answer, type Case } from "./respond";
export { leakedInReport } from "./scanners";
export type { DeclaredLeak, Sighting } from "./sighting";
export { isOver, leftToDo } from "./words";

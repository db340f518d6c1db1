export { raiseAlarm } from "./alarm/alarm";
export { rotateWhatIsDue } from "./night";
export type { NightReport } from "./report";
export { isForTonight, statusOf, unreadable, type Stack, type StackStatus } from "./stacks";

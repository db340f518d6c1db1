export { raiseAlarm } from "./alarm/alarm";
export { rotateWhatIsDue } from "./night";
export type { NightReport } from "./report";

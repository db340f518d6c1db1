export { CHECK_NAMES } from "./check";
export { examine, type Diagnosis } from "./examine";
export { diagnosisJson, diagnosisText } from "./outputs";
export { Setup, type Given, type Purpose } from "./setup";

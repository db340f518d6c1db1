export type { Engine, EngineName, SavedPlan } from "./engine";
export { EngineFailure, EngineStopped } from "./engine-failure";
export { findEngine } from "./find";

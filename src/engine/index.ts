export type { Engine, EngineName, Reply, SavedPlan } from "./engine";
export { EngineFailure, EngineStopped } from "./engine-failure";
export { findEngine, isProgram, onPath } from "./find";
export { lockedProvider, type LockedProvider } from "./lock-file";
export { ownPlatform } from "./own-platform";
export { h1, sha256 } from "./package-hash";
export { findProvider, type FoundProvider, type ProviderSearch } from "./find-provider";
export { namedSource } from "./named-source";

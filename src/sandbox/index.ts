export { startSandbox, type Sandbox } from "./start";
export {
  useSandbox,
  type SandboxHandle,
  type TestHooks,
  type UseSandboxOptions,
} from "./use-sandbox";
export { LOCALES, TIERS, VERSIONS } from "./options";
export type { GitLabVersion, Locale, SandboxOptions, Tier } from "./options";
export { ESTATE_PRESETS, parseSeed } from "./seed/sizes";
export type { EstatePreset, EstateSeed, EstateSizes } from "./seed/sizes";
export type { SandboxControl, StartedJob } from "./control/control";
export type { Fault, FaultEffect, InstalledFault } from "./control/faults";
export type { Latency } from "./control/latency";
export type { PresetName } from "./control/presets";
export type { Limits, SandboxState } from "./control/read";
export type { Overview, OverviewContainer, OverviewMember, OverviewUser } from "./page/overview";
export type { ThrottleRule } from "./http/throttle";
export type { LoggedRequest, RequestSummary } from "./http/request-log";

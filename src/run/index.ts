export { runOfCore, runOfPulumi, type Run } from "./engine-run";
export type { Ledger } from "./ledger";
export { SharedRate } from "./shared-rate";
export { SharedLedger } from "./shared-ledger";
export { solitaryLedger } from "./solitary-ledger";

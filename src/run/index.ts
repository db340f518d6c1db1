export { runOfCore, runOfPulumi, type Run } from "./engine-run";
export type { Ledger } from "./ledger";
export { RunFolderError } from "./run-folder-error";
export { SharedLedger } from "./shared-ledger";
export { solitaryLedger } from "./solitary-ledger";

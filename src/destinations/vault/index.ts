export type { Environment } from "./settings";
export { VaultSecret, type VaultOptions } from "./vault-secret";

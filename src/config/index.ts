export { NO_AUDIT_SETTINGS, type AuditSettings, type IgnorePattern } from "./audit-settings";
export { configSchema } from "./config-schema";
export type { Channel, NotifySetting, Occasion } from "./notify-settings";
export { CONFIG_FILE, findConfigs } from "./find-config";
export {
  auditSettingsOfFolder,
  notifySettingsOfFolder,
  policyOfFolder,
  type FolderPolicy,
} from "./policy-of-folder";
export { ConfigError, parseConfig, readConfig, type Config } from "./read-config";

export { CONFIG_FILE, findConfigs } from "./find-config";
export { policyOfFolder, type FolderPolicy } from "./policy-of-folder";
export { ConfigError, parseConfig, readConfig, type Config } from "./read-config";

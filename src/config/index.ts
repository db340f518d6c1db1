export { CONFIG_FILE, findConfig } from "./find-config";
export { ConfigError, parseConfig, readConfig, type Config } from "./read-config";

export { TokenFile, type FileOptions } from "./token-file";

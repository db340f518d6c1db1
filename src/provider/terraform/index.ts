export { isStartedByCore } from "./handshake";
export { serveTerraform } from "./serve";

export { asksForManyAtOnce } from "./engine";
export { isStartedByCore } from "./handshake";
export { serveTerraform } from "./server";

export { isStartedByCore } from "./handshake";
export { asksForManyAtOnce } from "./parallelism";
export { serveTerraform } from "./serve";

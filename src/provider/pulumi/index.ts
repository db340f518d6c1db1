export { servePulumi } from "./server";

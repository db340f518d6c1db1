export { servePulumi } from "./serve";

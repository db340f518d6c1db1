export { serveTerraform } from "./serve";

export type { HeldMemberships, Place, Regrouped } from "./held";
export { separate } from "./separate";
export { together } from "./together";

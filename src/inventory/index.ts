export { WrongOwnerError } from "./accounts";
export type { KnownContainer } from "./containers";
export { Inventory } from "./inventory";
export { KeyedOnce } from "./keyed";
export { confirmVisible, describeOwner, InvisibleError } from "./invisible";

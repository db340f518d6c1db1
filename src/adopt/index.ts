export type {
  AdoptedAccount,
  AdoptedMembership,
  AdoptedToken,
  Adoption,
  LeftOut,
} from "./adoption";
export { chooseAdoption, KINDS, type Declared, type Kind, type Wanted } from "./choose";
export { declaredBy } from "./declared";
export {
  codeFiles,
  codeText,
  EXTENSION,
  LANGUAGES,
  writtenIn,
  type CodeFile,
  type Language,
  type Layout,
} from "./layout";

export { camelCase, pulumiType, snakeCase, terraformType, terraformTypeOf } from "./names";
export {
  attributesFor,
  inGlsaTerms,
  lastNumberOf,
  nounOf,
  officialType,
  officialTypesOf,
} from "./read";
export { officialObject } from "./object";
export { officialRefusals, refusal } from "./refusals";
export { toOfficialRole } from "./roles";
export {
  GLSA_TYPES,
  OFFICIAL_TYPES,
  type Noun,
  type OfficialObject,
  type OfficialProperties,
  type OfficialType,
} from "./types";

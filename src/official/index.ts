export { camelCase, pulumiType, snakeCase, terraformType, terraformTypeOf } from "./names";
export { attributesFor, inGlsaTerms, lastNumberOf, officialType, officialTypesOf } from "./read";
export { toOfficialRole } from "./roles";
export type { OfficialKind, OfficialObject, OfficialProperties, OfficialType } from "./types";

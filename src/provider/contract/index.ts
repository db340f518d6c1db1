export type { ActionType } from "./action";
export {
  detailWithCode,
  DiagnosticError,
  error,
  warning,
  type AttributePath,
  type Code,
  type Diagnostic,
} from "./diagnostic";
export { formatExplanation, parseExplanation, type ExplanationCode } from "./explanation";
export { placeOfFailure } from "./failure-place";
export type { Identity, IdentityAttribute, IdentityValues } from "./identity";
export type { Listed, ListType } from "./list";
export { mapFields, mapNested, withNulls, type Fields } from "./map-fields";
export type { PrivateState } from "./private-state";
export { propose } from "./propose";
export {
  anyAction,
  anyDataSource,
  anyEphemeral,
  anyList,
  anyResource,
  type EngineRun,
  type ProviderType,
  type RunMemory,
} from "./provider";
export type {
  ApplyResult,
  CreateRequest,
  DataSourceType,
  DeletePlanRequest,
  DeleteRequest,
  EphemeralType,
  ForeignState,
  ImportResult,
  PlanRequest,
  PlanResult,
  ReadRequest,
  ReadResult,
  ResourceType,
  UpdateRequest,
} from "./resource";
export {
  defineAttributes,
  defineSchema,
  describe,
  isBlock,
  type Attribute,
  type Attributes,
  type ConfigOf,
  type NestedAttribute,
  type ObjectMapAttribute,
  type Schema,
  type StateOf,
} from "./schema";
export { holdsUnknown, isRecord, isUnknown, sameValue, UNKNOWN, type Unknown } from "./values";

export { isBlank, VISIBLE_PATTERN } from "./blank";
export { CodedError, withCode, type Code } from "./code";
export { compareText, groupedBy } from "./collections";
export { addDays, dateProblem, daysBetween, isUtcDate, utcDate, type UtcDate } from "./dates";
export { decodeText } from "./decode-text";
export { daysProblem, formatDays, parseDays } from "./durations";
export { featureProblem, isAtLeast, type Feature } from "./features";
export { fingerprint } from "./fingerprint";
export {
  asDeclared,
  asRequested,
  GRANULAR_ACCESSES,
  granularProblem,
  grantInWords,
  grantsBeyond,
  grantsOf,
  placesInWords,
  repeatedPlace,
  sameGrants,
  type GranularAccess,
  type GranularScope,
  type Grant,
  type ShownScope,
} from "./granular";
export {
  formatAccountId,
  formatMembershipId,
  formatTokenId,
  parseAccountId,
  parseMembershipId,
  parseTokenId,
  pathWord,
  samePath,
  type AccountId,
  type Container,
  type MembershipId,
  type Owner,
  type TokenId,
} from "./identifiers";
export { instanceAddress, instanceKey, isSameInstance } from "./instance-address";
export {
  EPHEMERAL_GENERATION,
  formatMarker,
  isSameStack,
  LONGEST_DESCRIPTION,
  markDescription,
  markerKey,
  markerOrigin,
  mayComeFrom,
  readMarker,
  withoutMarker,
  type Marker,
  type MarkerSubject,
} from "./marker";
export { isRecord, jsonObject } from "./json";
export { containerSpellingProblem, shownNameProblem } from "./names";
export { didYouMean, didYouMeanName, nearest } from "./nearest";
export { matchesPattern } from "./pattern";
export type { Problem } from "./problem";
export { quantity } from "./quantity";
export { cannotWait, dueBefore, type DueToken, type ShownToken } from "./rotation-turn";
export {
  ACCESS_LEVELS,
  parseRole,
  ROLE_NAMES,
  roleInProjectProblem,
  roleOfAccessLevel,
  roleProblem,
  type RoleName,
} from "./roles";
export {
  datesOfNewToken,
  DEFAULT_MAX_HOLD_DAYS,
  DEFAULT_MAX_LIFETIME_DAYS,
  DEFAULT_OVERLAP_DAYS,
  DEFAULT_QUIET_FOR_DAYS,
  lastDayToApply,
  lifetimeOf,
  NO_ROTATION,
  rotationDate,
  rotationProblem,
  type RetirementPolicy,
  type RotationPolicy,
  type TokenDates,
} from "./rotation";
export {
  decide,
  overlapsFrom,
  type Decision,
  type Holding,
  type Limits,
  type OldToken,
  type Overlap,
  type Situation,
} from "./rotation-decision";
export {
  isDeclaredReason,
  ROTATION_REASON_CODES,
  rotationReasonInWords,
  type RotationReason,
} from "./rotation-reason";
export { KNOWN_SCOPES, scopeName, scopeProblem, uncheckedScope, type KnownScope } from "./scopes";
export {
  daysAfter,
  isQuiet,
  PREVIOUS_STATES,
  previousState,
  retirementOf,
  STAMP_LAG,
  type PreviousState,
  type Retirement,
  type SupersededToken,
} from "./superseded";
export {
  expiryProblem,
  isExpired,
  LONGEST_MAX_LIFETIME_DAYS,
  type ExpiryBounds,
} from "./token-expiry";
export { slug, usernameProblem } from "./username";
export { parseTimeout, timeoutProblem } from "./timeouts";

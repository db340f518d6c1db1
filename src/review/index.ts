export { calendarOf, merged } from "./calendar/calendar";
export type {
  Calendar,
  CalendarEntry,
  CalendarKind,
  CalendarOptions,
  CalendarWarning,
} from "./calendar/entry";
export { objectsIn, type StateObject } from "./calendar/standing";
export {
  declarationsIn,
  type DeclaredAccount,
  type DeclaredContainer,
  type DeclaredMembership,
  type DeclaredToken,
  type DeclaredVariable,
  type Declarations,
} from "./declared";
export {
  otherThanRotations,
  readDuePlan,
  readPlan,
  type DuePlan,
  type ReviewOptions,
} from "./read-plan";
export {
  CHANGE_KINDS,
  EFFECTS,
  type AccountReview,
  type Change,
  type ChangeKind,
  type Effect,
  type Engine,
  type Others,
  type PlannedActions,
  type Review,
} from "./review";
export { touchedIn, type Touched, type TouchedDestination } from "./touched";
export { UnreadablePlanError } from "./unreadable-plan-error";

export type {
  AccountKind,
  Gap,
  GapKind,
  Picture,
  PicturedAccount,
  PicturedCaller,
  PicturedContainer,
  PicturedInstance,
  PicturedMembership,
  PicturedOwner,
  PicturedSharedAccess,
  PicturedToken,
  PicturedVariable,
  RequestCount,
  Scope,
  TokenState,
} from "./picture";
export { Pass } from "./collect";
export type { Cost, CostPart } from "./cost";
export type { Progress } from "./progress";
export { NotAdministratorError, type WantedScope } from "./survey";

export {
  accountRefusals,
  officialAccount,
  ownerRefusals,
  PROJECT_ACCOUNTS_SINCE,
  projectAccountRefusals,
} from "./account";
export type { OfficialFront } from "./front";
export {
  membershipRefusals,
  officialGroupMembership,
  officialProjectMembership,
} from "./membership";
export { told } from "./told";
export { officialToken } from "./token";
export { tokenRefusals } from "./token-refusals";
export { officialVariable, variableWords } from "./variable";

import type { AccountForm, MembershipForm, TokenForm } from "./forms";
import type { PlannedResource } from "./planned-resource";

interface Planned<Kind extends string, Form> {
  readonly kind: Kind;
  readonly resource: PlannedResource;
  readonly before: Form | null;
  readonly after: Form | null;
}

export type PlannedAccount = Planned<"account", AccountForm>;
export type PlannedMembership = Planned<"membership", MembershipForm>;
export type PlannedToken = Planned<"token", TokenForm> & {
  /** Whether its provider replaces the value by GitLab's rotate endpoint, which kills the old one at once. */
  readonly isKilledInPlace: boolean;
};
export type PlannedObject = PlannedAccount | PlannedToken | PlannedMembership;

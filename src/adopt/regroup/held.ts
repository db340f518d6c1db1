/** Memberships as a state holds them. */
export interface HeldMemberships {
  /** Accounts that the root module of the state has, by their ids. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly single: readonly SingleMembership[];
  readonly together: readonly TogetherMemberships[];
}

/** Whose memberships they are. */
export interface HeldAccount {
  readonly userId: number;
  /** As in `group:12:345`; null where the declaration has the user's number. */
  readonly accountId: string | null;
}

export interface Place {
  readonly kind: "group" | "project";
  /** As it is declared: a path or a number. */
  readonly path: string;
  readonly role: string;
  readonly customRoleId: number | null;
  readonly expiresAt: string | null;
}

/** A `glsa_membership`. */
export interface SingleMembership extends HeldAccount {
  /** The engine's name of it. */
  readonly address: string;
  readonly place: Place;
  /** Why it has no form among others of its account; undefined if it has one. */
  readonly obstacle: string | undefined;
}

/** A `glsa_memberships`. */
export interface TogetherMemberships extends HeldAccount {
  readonly address: string;
  readonly isExclusive: boolean;
  readonly places: readonly (Place & { readonly label: string })[];
}

/** Code that changes the form of memberships and nothing on the server. */
export interface Regrouped {
  /** HCL; empty where nothing is to be done. */
  readonly code: string;
  /** Resources whose code must go, since `removed` blocks stand for it. */
  readonly replaced: readonly string[];
  /** How many objects come and go. */
  readonly from: number;
  readonly to: number;
  /** What keeps its form, and why. */
  readonly left: readonly { readonly address: string; readonly reason: string }[];
}

/** The resource of an instance: `module.a["x"].glsa_membership.b[0]` is one of `module.a.glsa_membership.b`. */
export function resourceOf(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

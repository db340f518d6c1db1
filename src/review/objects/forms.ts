import type { GranularScope } from "../../model";
import type { Told, Value, Values } from "./values";

/** Whose token or membership it is, as its own attributes tell. */
export interface AccountReference {
  readonly userId: Told<number>;
  /** "group 12": as far as the reference itself says it. */
  readonly owner?: string;
  /** The attribute that refers to the account. */
  readonly attribute: string;
}

export interface AccountForm {
  readonly userId: Told<number>;
  /** "group platform", "the instance". */
  readonly owner: Told<string>;
  readonly username: Told<string>;
  readonly name: Told<string>;
  readonly email: Told<string>;
  /** Whether its user is blocked. Null in plans of earlier versions. */
  readonly suspended: Value;
  /** What destroying it does to the user. */
  readonly onDestroy: Told<string>;
  readonly settings: Values;
}

export interface MembershipForm {
  readonly account: AccountReference;
  /** "platform/charts": as the declaration spells it. */
  readonly place: Told<string>;
  readonly role: Told<string>;
  readonly customRole: Told<number>;
  readonly expiresAt: Told<string>;
  /** "active", or "expired" once GitLab removed it. */
  readonly status: Told<string>;
  /** Whether its removal also removes the memberships below the group. */
  readonly removesBelow: boolean;
  readonly settings: Values;
}

export interface TokenForm {
  readonly account: AccountReference;
  readonly name: Told<string>;
  /** Null for a fine-grained token, which has permissions. */
  readonly scopes: Told<readonly Told<string>[]>;
  /** Unknown as a whole if a part of it is. Null for a token with scopes. */
  readonly permissions: Told<readonly GranularScope[]>;
  /** Null never, unless `rotation` decides. */
  readonly expiresAt: Told<string>;
  readonly schedule: Told<Schedule>;
  readonly tokenId: Told<number>;
  readonly generation: Told<number>;
  readonly status: Told<string>;
  readonly rotatesAt: Told<string>;
  /** In a sentence, and as data; plans of earlier versions have the sentence alone. */
  readonly rotationReason: Told<string>;
  readonly rotationReasons: Told<readonly ReasonForm[]>;
  /** Since when it is due, where it waits for a later run. */
  readonly waitsSince: Told<string>;
  readonly previous: Told<readonly PreviousForm[]>;
  /** Active tokens that an interrupted run left. */
  readonly strays: Told<readonly Value[]>;
  readonly revokeNow: Told<readonly Value[]>;
  readonly keepers: Told<Values>;
  readonly destinations: Told<readonly DestinationForm[]>;
  readonly settings: Values;
}

/** All as the declaration spells them: "30d". */
export interface Schedule {
  readonly every: Told<string>;
  readonly overlap: Told<string>;
  readonly lifetime: Told<string>;
  readonly others: Values;
}

/** A token that a newer one has replaced. */
export interface PreviousForm {
  readonly tokenId: Told<number>;
  readonly revokeAt: Told<string>;
  readonly lastUsedAt: Told<string>;
  /** One of the model's `PREVIOUS_STATES`; null in states of earlier versions. */
  readonly state: Told<string>;
  /** Why it is still alive, in glsa's words. */
  readonly note: Told<string>;
}

/** Why a token is made. */
export interface ReasonForm {
  readonly code: Told<string>;
  readonly message: Told<string>;
}

export interface DestinationForm {
  /** Such as `ci_variable`, and what is written of it; undefined where an entry names none. */
  readonly kind?: string;
  readonly written?: Values;
  /** The same on both sides for one place, however it is written; undefined where the plan does not tell. */
  readonly id?: number;
  /** What tells two of them apart. */
  readonly identity: string;
  /** The same for all spellings of one place, and maybe for others; undefined where there is one spelling. */
  readonly kindred?: string;
  /** "CI/CD variable DEPLOY_TOKEN of platform/charts" */
  readonly label: string;
  /** What a reader should know of it: "not protected". */
  readonly remarks: readonly string[];
  /** Whether more can read a value there than where GitLab protects it. */
  readonly isUnprotected: boolean;
  readonly settings: Values;
}

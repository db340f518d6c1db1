import type { ContainerRef } from "../account-owner";
import type { IsLate } from "../late";
import type { Scope } from "../scope";

/** What a front does with values that may come late; what is not late it takes as it is. */
export interface OfficialFront {
  readonly isLate: IsLate;
  /** A path or number as text. */
  text(value: ContainerRef): string;
  not(value: boolean): boolean;
  /** Names as GitLab spells them. */
  scopeNames(scopes: readonly Scope[]): string[];
}

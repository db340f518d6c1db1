import { randomBytes } from "node:crypto";

/** The prefix of every name that a run creates, by which a later run recognises left-overs. */
export const MARK = "glsa-prove-";
/** The same for CI/CD variables, whose keys contain no dashes. */
export const VARIABLE_MARK = "GLSA_PROVE_";
/** The description of the subgroups and projects of every run. */
export const MARKED_DESCRIPTION = "Created by glsa prove. The next run removes it.";

/** The prefix of this run's names. A deleted username may stay taken for a while. */
export function markOfRun(): string {
  return `${MARK}${randomBytes(4).toString("hex")}`;
}

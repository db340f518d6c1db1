import { randomBytes } from "node:crypto";

/** Begins the name of everything that any run makes; a later run knows left-overs by it. */
export const MARK = "glsa-prove-";
/** The same for CI/CD variables, whose keys hold no dashes. */
export const VARIABLE_MARK = "GLSA_PROVE_";
/** Describes the subgroups and projects of every run. */
export const MARKED_DESCRIPTION = "Made by glsa prove. The next run removes it.";

/** What this run's names begin with; a deleted username may stay taken for a while. */
export function markOfRun(): string {
  return `${MARK}${randomBytes(4).toString("hex")}`;
}

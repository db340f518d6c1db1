import { RULES } from "../model/policy";
import type { FindingSeverity } from "./finding";

/** What a kind of finding asks; `docs/audit.md` and the JSON schema are written from these. */
export interface FindingKind {
  readonly severity: FindingSeverity;
  /** In words for a reader: what it finds. */
  readonly finds: string;
  /** What to do about one. */
  readonly remedy: string;
  /** Whether it needs what code declares, so that nothing is judged where no state is given. */
  readonly needsStates: boolean;
}

const ADOPT = "Adopt it into code with glsa adopt, or remove it.";

/** Every kind that is not a rule of the policy. */
export const OWN_KINDS = {
  "agent-token": {
    severity: "error",
    finds:
      "A token that works, of an account that is named as GitLab names those of its own agents. Those never have one",
    remedy: "Find out who made it and what uses it, and revoke it.",
    needsStates: false,
  },
  "declared-twice": {
    severity: "error",
    finds: "Two declarations of one object, which will undo each other",
    remedy:
      "Keep one of them, and let go of the other without destroying it: removed, or state rm.",
    needsStates: true,
  },
  "other-instance": {
    severity: "error",
    finds: "A state of which nothing is on this instance, so that it belongs to another one",
    remedy: "Leave this state out, or audit the instance that it is about.",
    needsStates: true,
  },
  "missing-account": {
    severity: "error",
    finds: "An account that code declares and GitLab does not have",
    remedy:
      "Apply: it is made anew, with another number. What used the old one needs its new tokens.",
    needsStates: true,
  },
  "missing-token": {
    severity: "error",
    finds: "A token that code declares and that was revoked, or that GitLab does not have",
    remedy: "Apply: another one is made and delivered.",
    needsStates: true,
  },
  "missing-membership": {
    severity: "error",
    finds: "A membership that code declares and GitLab does not have",
    remedy: "Apply in order to have it again, or remove its declaration.",
    needsStates: true,
  },
  "missing-variable": {
    severity: "error",
    finds: "A CI/CD variable that a token is delivered to, and that is not there, or not by glsa",
    remedy: "Apply: the token is delivered again by its next rotation, or at once with revoke_now.",
    needsStates: true,
  },
  "expired-token": {
    severity: "error",
    finds: "A token that has expired, and that code declares or that nothing has replaced",
    remedy: "Apply if code declares it; else make another one, or let go of what used it.",
    needsStates: false,
  },
  "changed-by-hand": {
    severity: "warning",
    finds: "An account or membership that is otherwise than code declares it",
    remedy: "Apply in order to set it back, or write in the code what it is now.",
    needsStates: true,
  },
  "undeclared-account": {
    severity: "warning",
    finds: "An account that no code declares",
    remedy: ADOPT,
    needsStates: true,
  },
  "undeclared-token": {
    severity: "warning",
    finds: "A token that works, and that no code declares",
    remedy: "Adopt it into code with glsa adopt, or revoke it.",
    needsStates: true,
  },
  "undeclared-membership": {
    severity: "warning",
    finds: "A membership that no code declares",
    remedy: ADOPT,
    needsStates: true,
  },
  "undeclared-variable": {
    severity: "warning",
    finds: "A CI/CD variable that glsa delivered, of a token that no code delivers there",
    remedy: "Look what reads it, and remove it; or give the state whose it is.",
    needsStates: true,
  },
  "left-over-token": {
    severity: "warning",
    finds:
      "A token that works, that glsa made, and that the state does not know: an interrupted or lost run left it",
    remedy:
      "Apply: the next one finds and revokes it. What an ephemeral resource left, revoke by hand.",
    needsStates: false,
  },
  "expiring-token": {
    severity: "warning",
    finds: "A token that expires within `--expiring-within` days, and that nothing rotates before",
    remedy: "Let it rotate, or make another one in time.",
    needsStates: false,
  },
  "blocked-account": {
    severity: "warning",
    finds: "An account that is blocked and has tokens that work again as soon as it is not",
    remedy: "Revoke its tokens, or delete it; unblock it if it is needed.",
    needsStates: false,
  },
  "several-live-tokens": {
    severity: "warning",
    finds: "Several tokens of one account that work and have the same name",
    remedy: "Find out which of them is used (last_used_at), and revoke the others.",
    needsStates: false,
  },
  "unused-token": {
    severity: "warning",
    finds: "A token that works and was not used for `--unused-for` days",
    remedy: "Revoke it; if nobody misses it, remove what it was for.",
    needsStates: false,
  },
  "never-used-token": {
    severity: "warning",
    finds: "A token that works, is older than `--never-used-for` days and was never used",
    remedy: "Revoke it: nothing depends on it.",
    needsStates: false,
  },
  "account-without-token": {
    severity: "note",
    finds: "An account without a token that works",
    remedy: "Delete it, if nothing needs it.",
    needsStates: false,
  },
  "account-without-membership": {
    severity: "note",
    finds: "An account that is a member of nothing",
    remedy: "Delete it, if nothing needs it.",
    needsStates: false,
  },
  "ended-ignore": {
    severity: "note",
    finds: "An ignore pattern of the configuration that has ended, and that would cover something",
    remedy: "Remove the pattern, or set another end date with a reason.",
    needsStates: false,
  },
} as const satisfies Readonly<Record<string, FindingKind>>;

export type OwnCode = keyof typeof OWN_KINDS;

/** The rules of the policy that an audit judges, by name. */
const POLICY_KINDS: Readonly<Record<string, FindingKind>> = Object.fromEntries(
  RULES.filter(({ stages }) => stages.includes("audit")).map(({ name, severity, summary }) => [
    name,
    {
      severity,
      finds: `What breaks the policy: ${summary.replace(/\.$/, "")}`,
      remedy: "What the finding says; for a while, an exception of the policy.",
      needsStates: false,
    },
  ]),
);

/** Every kind of finding, by its code. */
export const KINDS: Readonly<Record<string, FindingKind>> = { ...OWN_KINDS, ...POLICY_KINDS };

export const CODES = Object.keys(KINDS);

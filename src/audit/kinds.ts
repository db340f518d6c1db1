import { RULES } from "../model/policy";
import type { FindingSeverity } from "./finding";

/** The definition of a kind of finding. `docs/audit.md` and the JSON schema are generated from these. */
export interface FindingKind {
  readonly severity: FindingSeverity;
  /** What it finds, in words. */
  readonly finds: string;
  /** The remedy. */
  readonly remedy: string;
  /** Whether it needs what code declares, so that it is not checked without a state. */
  readonly needsStates: boolean;
}

const ADOPT = "Adopt it into code with glsa adopt, or remove it.";

/** Every kind that is not a rule of the policy. */
export const OWN_KINDS = {
  "agent-token": {
    severity: "error",
    finds:
      "A working token of an account that is named as GitLab names those of its own agents, which never have one",
    remedy: "Find out where it comes from and what uses it, and revoke it.",
    needsStates: false,
  },
  "declared-twice": {
    severity: "error",
    finds: "Two declarations of one object, which overwrite each other",
    remedy: "Keep one of them, and release the other without destroying it: removed, or state rm.",
    needsStates: true,
  },
  "other-instance": {
    severity: "error",
    finds: "A state without any object on this instance: it belongs to another one",
    remedy: "Leave this state out, or audit its instance.",
    needsStates: true,
  },
  "missing-account": {
    severity: "error",
    finds: "An account that code declares and that GitLab does not have",
    remedy:
      "Apply: it is created again, with another number. The consumers of the old one need its new tokens.",
    needsStates: true,
  },
  "missing-token": {
    severity: "error",
    finds: "A token that code declares and that was revoked, or that GitLab does not have",
    remedy: "Apply: another one is created and delivered.",
    needsStates: true,
  },
  "missing-membership": {
    severity: "error",
    finds: "A membership that code declares and that GitLab does not have",
    remedy: "Apply to create it again, or remove its declaration.",
    needsStates: true,
  },
  "missing-variable": {
    severity: "error",
    finds:
      "A CI/CD variable that a token is delivered to, and that does not exist, or does not come from glsa",
    remedy:
      "Apply: the token is delivered again by its next rotation, or immediately with revoke_now.",
    needsStates: true,
  },
  "expired-token": {
    severity: "error",
    finds: "An expired token that code declares or that was not replaced",
    remedy: "Apply if code declares it; else create another one, or remove what used it.",
    needsStates: false,
  },
  "changed-by-hand": {
    severity: "warning",
    finds: "An account or membership that differs from its declaration",
    remedy: "Apply to set it back, or change the code to its current value.",
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
    finds: "A working token that no code declares",
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
    finds: "A CI/CD variable that glsa delivered, with a token that no code delivers there",
    remedy: "Find out what reads it, and remove it; or pass the state that it belongs to.",
    needsStates: true,
  },
  "left-over-token": {
    severity: "warning",
    finds:
      "A working token that glsa created and the state does not know: an interrupted or lost run left it",
    remedy:
      "Apply: the next one finds and revokes it. Revoke the token of an ephemeral resource by hand.",
    needsStates: false,
  },
  "expiring-token": {
    severity: "warning",
    finds: "A token that expires within `--expiring-within` days, and is not rotated before",
    remedy: "Let it rotate, or create another one in time.",
    needsStates: false,
  },
  "blocked-account": {
    severity: "warning",
    finds: "A blocked account with tokens that work again as soon as it is unblocked",
    remedy: "Revoke its tokens, or delete it; unblock it if it is needed.",
    needsStates: false,
  },
  "several-live-tokens": {
    severity: "warning",
    finds: "Several working tokens of one account with the same name",
    remedy: "Find out which of them is used (last_used_at), and revoke the others.",
    needsStates: false,
  },
  "unused-token": {
    severity: "warning",
    finds: "A working token that was not used for `--unused-for` days",
    remedy: "Revoke it; if it is not missed, remove what it was for.",
    needsStates: false,
  },
  "never-used-token": {
    severity: "warning",
    finds: "A working token that is older than `--never-used-for` days and was never used",
    remedy: "Revoke it: nothing depends on it.",
    needsStates: false,
  },
  "account-without-token": {
    severity: "note",
    finds: "An account without a working token",
    remedy: "Delete it, if nothing needs it.",
    needsStates: false,
  },
  "account-without-membership": {
    severity: "note",
    finds: "An account without memberships",
    remedy: "Delete it, if nothing needs it.",
    needsStates: false,
  },
  "ended-ignore": {
    severity: "note",
    finds: "An ignore pattern of the configuration that has ended, and that would cover a finding",
    remedy: "Remove the pattern, or set another end date with a reason.",
    needsStates: false,
  },
} as const satisfies Readonly<Record<string, FindingKind>>;

export type OwnCode = keyof typeof OWN_KINDS;

/** The rules of the policy that an audit checks, by name. */
const POLICY_KINDS: Readonly<Record<string, FindingKind>> = Object.fromEntries(
  RULES.filter(({ stages }) => stages.includes("audit")).map(({ name, severity, summary }) => [
    name,
    {
      severity,
      finds: `A breach of the policy: ${summary.replace(/\.$/, "")}`,
      remedy: "See the finding; for a while, an exception of the policy.",
      needsStates: false,
    },
  ]),
);

/** Every kind of finding, by its code. */
export const KINDS: Readonly<Record<string, FindingKind>> = { ...OWN_KINDS, ...POLICY_KINDS };

export const CODES = Object.keys(KINDS);

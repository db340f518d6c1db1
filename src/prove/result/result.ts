import type { Outcome } from "../prove";
import { imitatedVersion } from "../recording/imitated";
import { verdictOf } from "./verdict";

/** The result as data, in the form in which it is submitted. */
export function resultOf(outcome: Outcome, glsa: string) {
  const { subject, proofs, checks, cleaned, endedBy, providerNotRun } = outcome;
  const { version, tier, tierFrom, isAdministrator } = subject;
  return {
    format: 1,
    glsa,
    verdict: verdictOf(outcome),
    instance: { version, tier, tier_from: tierFrom, administrator: isAdministrator },
    stand_in: { version: imitatedVersion(version), tier },
    requests: outcome.requests,
    objects: outcome.objects,
    reads_left_out: outcome.leftOut,
    ended_by: endedBy ?? null,
    provider_not_run: providerNotRun ?? null,
    provider: checks.map(({ promise, isKept, detail }) => ({ promise, kept: isKept, detail })),
    parts: proofs.map(({ name, about, recording, replayed }) => ({
      name,
      about,
      recording: recording.file,
      requests: replayed.length,
      not_compared: replayed.filter(({ isCompared }) => !isCompared).length,
      differences: replayed.flatMap(({ request, differences }, at) =>
        differences.map(({ where, recorded, answered }) => ({
          at,
          request,
          where,
          real: recorded,
          stand_in: answered,
        })),
      ),
    })),
    left_behind: cleaned.left,
  };
}

import { shownJson } from "../../review/outputs";
import type { Audit } from "../audit";
import { auditCounts } from "./facts";

/** Its first number is raised by changes that could break a reader, its second by additions. */
export const FORMAT_VERSION = "1.1";

/** An audit with its picture, as a JSON document that `dist/audit-schema.json` describes. Names are complete. */
export function auditJson(audit: Audit): string {
  return shownJson(auditDocument(audit));
}

export function auditDocument(audit: Audit): object {
  const { picture, states, findings, notJudged, goneFromBaseline } = audit;
  const { accounts, tokens, memberships, sharedAccess, variables, containers, ...pass } = picture;
  return inSnakeCase({
    formatVersion: FORMAT_VERSION,
    ...pass,
    summary: { ...auditCounts(audit), goneFromBaseline },
    states,
    findings,
    notJudged,
    estate: { accounts, tokens, memberships, sharedAccess, variables, containers },
  }) as object;
}

/** Keys are glsa's own, and never names from GitLab. */
function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [snake(key), inSnakeCase(inner)]),
  );
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

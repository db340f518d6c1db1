import { shown } from "../../review/outputs";
import type { Audit } from "../audit";
import type { AuditFinding } from "../finding";

const HEAD = [
  "code",
  "severity",
  "status",
  "kind",
  "object",
  "address",
  "user_id",
  "username",
  "token_id",
  "container",
  "reason",
  "remedy",
  "state",
  "declared_at",
  "waiver_reason",
  "waiver_until",
  "fingerprint",
];

/** The findings as a table for spreadsheets, one per line. */
export function auditCsv({ findings }: Audit): string {
  return csv([HEAD, ...findings.map(row)]);
}

function row({ object, declared, waiver, ...finding }: AuditFinding): (string | number | null)[] {
  return [
    finding.code,
    finding.severity,
    finding.status,
    object.kind,
    object.label,
    object.address,
    object.userId,
    object.username,
    object.tokenId,
    object.container,
    finding.reason,
    finding.remedy,
    declared.map(({ state }) => state).join("; "),
    declared.map(({ address }) => address).join("; "),
    waiver?.reason ?? null,
    waiver?.until ?? null,
    finding.fingerprint,
  ];
}

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
export function csv(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/** A spreadsheet treats what begins with these characters as a formula, even after blanks. */
const FORMULA = /^[\s'"]*[=+\-@\t\r|%]/;

function cell(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const line = shown(value, "line", Infinity);
  const safe = FORMULA.test(line) ? `'${line}` : line;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

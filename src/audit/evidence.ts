import { createHash } from "node:crypto";
import type { Audit } from "./audit";
import { csv, auditCsv } from "./outputs/csv";
import { auditJson } from "./outputs/json";
import { placesInWords } from "../model";
import { auditMarkdown } from "./outputs/markdown";

/**
 * An auditor's files, by name. They depend on the audit alone, so that they can be generated again from `audit.json`.
 * `SHA256SUMS` reveals later changes of a file.
 * @param pages further files, such as the HTML page
 */
export function evidenceOf(
  audit: Audit,
  pages: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const files: Readonly<Record<string, string>> = {
    "README.md": readme(audit),
    "accounts.csv": accounts(audit),
    "audit.json": auditJson(audit),
    "findings.csv": auditCsv(audit),
    "gaps.csv": gaps(audit),
    "memberships.csv": memberships(audit),
    "requests.csv": requests(audit),
    "shared-access.csv": sharedAccess(audit),
    "tokens.csv": tokens(audit),
    ...pages,
  };
  return { ...files, SHA256SUMS: sums(files) };
}

/** In the form that `sha256sum --check` reads. */
function sums(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, text]) => `${createHash("sha256").update(text).digest("hex")}  ${name}\n`)
    .join("");
}

function readme(audit: Audit): string {
  const { startedAt, finishedAt, askedBy, isComplete } = audit.picture;
  const { token } = askedBy;
  const asked =
    token === null
      ? "a token that is not a personal access token"
      : `personal access token ${token.id}, with the scopes ${token.scopes.join(", ")}`;
  return [
    "# Evidence of service accounts",
    `Looked at from ${startedAt} to ${finishedAt}, with ${asked}. ${
      isComplete
        ? "Nothing that was asked for was refused."
        : "**Something could not be seen: `gaps.csv` tells what.**"
    } \`requests.csv\` tells what was asked.`,
    auditMarkdown(audit, { limit: 20_000 }),
  ].join("\n\n");
}

function accounts({ picture }: Audit): string {
  return csv([
    [
      "user_id",
      "username",
      "name",
      "kind",
      "state",
      "created_at",
      "owner_kind",
      "owner",
      "is_foreign",
      "tokens_seen",
    ],
    ...picture.accounts.map((each) => [
      each.userId,
      each.username,
      each.name,
      each.kind,
      each.state,
      each.createdAt,
      each.owner?.kind ?? null,
      each.owner?.path ?? null,
      each.isForeign,
      each.tokensSeen,
    ]),
  ]);
}

function tokens({ picture }: Audit): string {
  return csv([
    [
      "token_id",
      "user_id",
      "name",
      "description",
      "scopes",
      "permissions",
      "state",
      "created_at",
      "expires_at",
      "last_used_at",
      "generation",
    ],
    ...picture.tokens.map((each) => [
      each.tokenId,
      each.userId,
      each.name,
      each.description,
      each.scopes.join(" "),
      each.granularScopes === null ? null : placesInWords(each.granularScopes).join("; "),
      each.state,
      each.createdAt,
      each.expiresAt,
      each.lastUsedAt,
      each.marker?.generation ?? null,
    ]),
  ]);
}

function memberships({ picture }: Audit): string {
  return csv([
    [
      "user_id",
      "kind",
      "path",
      "role",
      "access_level",
      "custom_role",
      "expires_at",
      "inherited_role",
      "inherited_from",
    ],
    ...picture.memberships.map((each) => [
      each.userId,
      each.container.kind,
      each.container.path,
      each.role,
      each.accessLevel,
      each.customRole?.id ?? null,
      each.expiresAt,
      each.inherited?.role ?? null,
      each.inherited?.from.path ?? null,
    ]),
  ]);
}

function sharedAccess({ picture }: Audit): string {
  return csv([
    ["user_id", "kind", "path", "role", "access_level", "through", "member_of", "expires_at"],
    ...picture.sharedAccess.map((each) => [
      each.userId,
      each.container.kind,
      each.container.path,
      each.role,
      each.accessLevel,
      each.through.path,
      each.memberOf.path,
      each.expiresAt,
    ]),
  ]);
}

function gaps({ picture }: Audit): string {
  return csv([
    ["hides", "container", "user_id", "route", "status", "is_expected", "reason", "remedy"],
    ...picture.gaps.map((each) => [
      each.hides.join(" "),
      each.container?.path ?? null,
      each.userId,
      each.route,
      each.status,
      each.isExpected,
      each.reason,
      each.remedy,
    ]),
  ]);
}

function requests({ picture }: Audit): string {
  return csv([
    ["method", "route", "count"],
    ...picture.requests.map(({ method, route, count }) => [method, route, count]),
  ]);
}

import type { SandboxState } from "../../../src/sandbox";

type Row = Readonly<Record<string, unknown>> & { readonly id: number };

const tables = [
  ...(["users", "tokens", "groups", "projects", "members", "member_roles"] as const),
  ...([
    "variables",
    "terraform_states",
    "merge_requests",
    "notes",
    "issues",
    "deploy_tokens",
    "triggers",
    "shares",
    "invitations",
    "access_requests",
    "jobs",
    "releases",
    "package_files",
  ] as const),
];
type TableName = (typeof tables)[number];

/** What changes by a mere use of a token. */
const traces = new Set(["last_used_at", "last_used_ips", "ips_recorded_at", "last_activity_on"]);

/** What a request changed that did not belong to its caller, as readable lines. */
export function foreignChanges(
  before: SandboxState,
  after: SandboxState,
  userId: number | undefined,
): string[] {
  const isOwn = ownership(before, userId);
  const lines = tables.flatMap((table) => {
    const old = rowsOf(before, table);
    const now = rowsOf(after, table);
    const changed = [...old].filter(
      ([id, row]) => withoutTraces(row) !== withoutTraces(now.get(id)),
    );
    const added = [...now].filter(([id]) => !old.has(id));
    return [...changed, ...added]
      .filter(([, row]) => !isOwn(table, row))
      .map(([id, row]) => `${table} ${id}: ${withoutTraces(row)} → ${withoutTraces(now.get(id))}`);
  });
  const settings = JSON.stringify(before.settings) !== JSON.stringify(after.settings);
  return settings ? [...lines, "settings"] : lines;
}

/** Whether a row is the caller's: his token, his membership, or what he has just made. */
function ownership(before: SandboxState, userId: number | undefined) {
  const groups = rowsOf(before, "groups");
  const isDeveloper = [...rowsOf(before, "members").values()].some(
    (member) => member["user_id"] === userId && Number(member["access_level"]) >= 30,
  );
  return (table: TableName, row: Row): boolean => {
    if (userId === undefined) return false;
    if (table === "releases") return isDeveloper;
    if (table === "package_files") return isDeveloper && row["creator_id"] === userId;
    if (["tokens", "members", "access_requests"].includes(table)) return row["user_id"] === userId;
    if (["merge_requests", "notes", "issues"].includes(table)) return row["author_id"] === userId;
    if (table === "groups") return !groups.has(row.id);
    return table === "projects" && row["creator_id"] === userId;
  };
}

function rowsOf(state: SandboxState, table: TableName): Map<number, Row> {
  const rows = state[table]?.rows ?? [];
  return new Map(rows.map((row) => [row.id, row as unknown as Row]));
}

function withoutTraces(row: Row | undefined): string {
  return (
    JSON.stringify(row, (key, value: unknown) => (traces.has(key) ? undefined : value)) ?? "gone"
  );
}

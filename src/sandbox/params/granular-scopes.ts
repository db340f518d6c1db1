import type { GranularScope } from "../state/rows";
import { invalid, type Param } from "./types";

const accesses = [
  "personal_projects",
  "all_memberships",
  "selected_memberships",
  "user",
  "instance",
] as const;

/** One of them, as it is sent: with several places at once. */
export interface SentScope {
  readonly access: GranularScope["access"];
  readonly permissions: readonly string[];
  readonly project_ids: readonly number[];
  readonly group_ids: readonly number[];
}

/** `granular_scopes`, of which each entry names an access, its permissions, and places for a selection of them. */
export function granularScopes(): Param<readonly SentScope[] | undefined> {
  return {
    required: false,
    fallback: undefined,
    read(raw) {
      const entries = itemsOf(raw)?.map(readScope);
      if (entries === undefined || entries.some((entry) => entry === invalid)) return invalid;
      return entries as readonly SentScope[];
    },
  };
}

/** An array, or a form's object of numbered items. */
function itemsOf(raw: unknown): readonly unknown[] | undefined {
  if (Array.isArray(raw)) return raw;
  return typeof raw === "object" && raw !== null ? Object.values(raw) : undefined;
}

function readScope(raw: unknown): SentScope | typeof invalid {
  if (typeof raw !== "object" || raw === null) return invalid;
  const given = raw as Readonly<Record<string, unknown>>;
  const access = accesses.find((name) => name === given["access"]);
  const permissions = itemsOf(given["permissions"])?.map(String);
  const project_ids = idsOf(given["project_ids"]);
  const group_ids = idsOf(given["group_ids"]);
  if (!access || !permissions || !project_ids || !group_ids) return invalid;
  return { access, permissions, project_ids, group_ids };
}

function idsOf(raw: unknown): number[] | undefined {
  if (raw === undefined || raw === null) return [];
  const ids = itemsOf(raw)?.map(Number);
  return ids?.every((id) => Number.isInteger(id) && id > 0) === true ? ids : undefined;
}

/** As they are stored and shown: one entry for each place. */
export function storedScopes(sent: readonly SentScope[]): GranularScope[] {
  return sent.flatMap(({ access, permissions, project_ids, group_ids }): GranularScope[] => {
    const entry = { access, permissions: [...permissions] };
    if (access !== "selected_memberships") return [{ ...entry, project_id: null, group_id: null }];
    return [
      ...project_ids.map((project_id) => ({ ...entry, project_id, group_id: null })),
      ...group_ids.map((group_id) => ({ ...entry, project_id: null, group_id })),
    ];
  });
}

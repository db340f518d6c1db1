import type { Container } from "../../model";
import { isUnknown, type AttributePath, type Diagnostic } from "../../provider/contract";
import type { MembershipConfig } from "../membership/schema";
import { known } from "../shared/problems";
import type { EntryConfig, EntryState, MembershipsConfig, MembershipsState } from "./schema";

/** One block, by its kind and label. */
export interface Entry<Values extends EntryConfig = EntryConfig> {
  readonly kind: Container["kind"];
  readonly label: string;
  readonly values: Values;
}

export type KnownEntry = Entry<EntryState>;

export const KINDS = ["group", "project"] as const;

/** The blocks that are known; a map that is not known yet has none so far. */
export function entriesOf(config: Pick<MembershipsConfig, "group" | "project">): Entry[] {
  return KINDS.flatMap((kind) => {
    const { [kind]: blocks } = config;
    if (blocks === null || isUnknown(blocks)) return [];
    return Object.entries(blocks).flatMap(([label, values]) =>
      isUnknown(values) ? [] : [{ kind, label, values }],
    );
  });
}

export function knownEntriesOf(state: Pick<MembershipsState, "group" | "project">): KnownEntry[] {
  return entriesOf(state) as KnownEntry[];
}

/** The blocks of a state. */
export function blocksOf<Values extends EntryConfig>(
  entries: readonly Entry<Values>[],
): Record<Container["kind"], Record<string, Values> | null> {
  const of = (wanted: Container["kind"]) => {
    const own = entries.filter(({ kind }) => kind === wanted);
    return own.length === 0
      ? null
      : Object.fromEntries(own.map(({ label, values }) => [label, values]));
  };
  return { group: of("group"), project: of("project") };
}

/** The name of a block within its object. */
export function keyOf({ kind, label }: Entry): string {
  return `${kind} ${label}`;
}

/** The entry as a membership that is declared alone, so that what holds for one holds for both. */
export function asMembership(
  { kind, values }: Entry,
  account: Pick<MembershipsConfig, "service_account_id" | "user_id">,
): MembershipConfig {
  return {
    service_account_id: account.service_account_id,
    user_id: account.user_id,
    group: kind === "group" ? values.path : null,
    project: kind === "project" ? values.path : null,
    role: values.role,
    custom_role_id: values.custom_role_id,
    expires_at: values.expires_at,
    remove_memberships_below: false,
    id: null,
    status: "active",
  };
}

export function spellingOf({ kind, values: { path } }: Entry) {
  const spelling = known(path);
  return spelling === undefined ? undefined : { kind, spelling };
}

/** What is said of a membership that is declared alone, at the place of the entry. */
export function atEntry({ kind, label }: Entry, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { path = [] } = diagnostic;
    const [name] = path;
    const inside: AttributePath = name === "group" || name === "project" ? ["path"] : path;
    return { ...diagnostic, path: [kind, label, ...inside] };
  });
}

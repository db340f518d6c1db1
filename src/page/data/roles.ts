const WORDS: Readonly<Record<string, { readonly full: string; readonly short: string }>> = {
  minimal_access: { full: "Minimal access", short: "Min" },
  guest: { full: "Guest", short: "Gst" },
  planner: { full: "Planner", short: "Pln" },
  reporter: { full: "Reporter", short: "Rep" },
  security_manager: { full: "Security manager", short: "Sec" },
  developer: { full: "Developer", short: "Dev" },
  maintainer: { full: "Maintainer", short: "Mnt" },
  owner: { full: "Owner", short: "Own" },
};

/** The name on GitLab's pages. An unknown level is kept unchanged. */
export function roleInFull(role: string): string {
  return WORDS[role]?.full ?? role;
}

export function roleInShort(role: string): string {
  return WORDS[role]?.short ?? role.replace("level ", "");
}

/** The short words and their meaning, for a legend. */
export const ROLE_LEGEND: readonly (readonly [short: string, full: string])[] = Object.values(
  WORDS,
).map(({ short, full }) => [short, full] as const);

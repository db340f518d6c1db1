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

/** As GitLab's pages call it. A level that this release does not know stays as it is. */
export function roleInFull(role: string): string {
  return WORDS[role]?.full ?? role;
}

export function roleInShort(role: string): string {
  return WORDS[role]?.short ?? role.replace("level ", "");
}

/** The short words and what they mean, for a legend. */
export const ROLE_LEGEND: readonly (readonly [short: string, full: string])[] = Object.values(
  WORDS,
).map(({ short, full }) => [short, full] as const);

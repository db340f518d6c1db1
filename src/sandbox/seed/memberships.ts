import { accessLevels, membershipSources } from "../auth/access";
import { dayInMilliseconds } from "../clock";
import type { Member, User } from "../state/rows";
import type { SourceRef } from "../state/store";
import { dateIn, daysAgo, type Build } from "./build";

const roles = [
  { level: accessLevels.guest, weight: 8 },
  { level: accessLevels.planner, weight: 4 },
  { level: accessLevels.reporter, weight: 18 },
  { level: accessLevels.developer, weight: 45 },
  { level: accessLevels.maintainer, weight: 20 },
  { level: accessLevels.owner, weight: 3 },
] as const;

export function randomRole({ random }: Build): number {
  return random.weighted(roles).level;
}

/** Custom roles, which need Ultimate. */
export function seedMemberRoles({ instance, roles: kept }: Build): void {
  if (instance.tier !== "ultimate") return;
  const { memberRoles } = instance.store;
  const seeded = [
    ["Variable keeper", accessLevels.developer, { admin_cicd_variables: true }],
    ["Code reader", accessLevels.guest, { read_code: true }],
    ["Token manager", accessLevels.maintainer, { manage_project_access_tokens: true }],
  ] as const;
  for (const [name, base_access_level, permissions] of seeded) {
    kept.push(memberRoles.insert({ name, description: null, base_access_level, permissions }));
  }
}

/**
 * Adds a direct member, with at least the inherited role. Every sixth membership has an end, and every eighth that can
 * have one has a custom role.
 */
export function insertMember(
  build: Build,
  user: User,
  place: SourceRef,
  level: number,
): Member | undefined {
  const { instance, random, root } = build;
  const { store } = instance;
  if (store.directMember(place, user.id) !== undefined) return undefined;
  const inherited = membershipSources(store, place).map(
    (source) => store.directMember(source, user.id)?.access_level ?? accessLevels.none,
  );
  const access_level = Math.max(level, ...inherited);
  const role = build.roles.find(({ base_access_level }) => base_access_level === access_level);
  const joined = (build.midnight - Date.parse(user.created_at)) / dayInMilliseconds;
  const created_at = daysAgo(build, Math.max(1, random.below(Math.floor(joined) + 1)));
  return store.members.insert({
    source_type: place.type,
    source_id: place.id,
    user_id: user.id,
    access_level,
    member_role_id: role !== undefined && random.isOneIn(8) ? role.id : null,
    expires_at: random.isOneIn(6) ? dateIn(build, random.between(2, 300)) : null,
    created_at,
    updated_at: created_at,
    created_by_id: root.id,
  });
}

import { accessLevels, membershipSources } from "../auth/access";
import type { CalendarDate } from "../clock";
import { invalidRecord } from "../http/errors";
import type { Instance } from "../instance";
import type { User } from "../state/rows";
import type { SourceRef } from "../state/store";

const roleNames = new Map<number, string>([
  [accessLevels.minimal, "Minimal Access"],
  [accessLevels.guest, "Guest"],
  [accessLevels.planner, "Planner"],
  [accessLevels.reporter, "Reporter"],
  [accessLevels.developer, "Developer"],
  [accessLevels.maintainer, "Maintainer"],
  [accessLevels.owner, "Owner"],
]);

interface Wanted {
  readonly access_level: number;
  readonly expires_at?: CalendarDate;
  readonly member_role_id?: number;
}

/** The model's own checks of a direct membership. */
export function validateMembership(
  instance: Instance,
  source: SourceRef,
  user: User,
  wanted: Wanted,
): void {
  const errors: Record<string, string[]> = {
    expires_at:
      wanted.expires_at !== undefined && wanted.expires_at < instance.clock.today()
        ? ["cannot be a date in the past"]
        : [],
    user_id: isBotOfAnother(instance, source, user)
      ? ["project bots cannot be added to other groups / projects"]
      : [],
    access_level: levelProblems(instance, source, user, wanted.access_level),
    member_role: roleProblems(instance, wanted),
  };
  const found = Object.entries(errors).filter(([, messages]) => messages.length > 0);
  if (found.length > 0) throw invalidRecord(Object.fromEntries(found));
}

/** The bot of a token belongs only to the group or project of that token. */
function isBotOfAnother({ store }: Instance, source: SourceRef, user: User): boolean {
  return (
    user.user_type === "project_bot" &&
    store.membersByUser
      .all(user.id)
      .some(({ source_type, source_id }) => source_type !== source.type || source_id !== source.id)
  );
}

function levelProblems(
  { store, tier }: Instance,
  source: SourceRef,
  user: User,
  level: number,
): string[] {
  const isMinimal = level === accessLevels.minimal;
  const isTopLevelGroup =
    source.type === "group" && store.groups.get(source.id)?.parent_id === null;
  const minimalAllowed = tier !== "free" && isTopLevelGroup;
  if (!roleNames.has(level) || (isMinimal && !minimalAllowed)) {
    return ["is not included in the list"];
  }
  const higher = membershipSources(store, source)
    .filter((from) => from.type !== source.type || from.id !== source.id)
    .map((from) => store.directMember(from, user.id))
    .filter((member) => member !== undefined)
    .sort((a, b) => b.access_level - a.access_level)
    .find((member) => member.access_level > level);
  if (higher === undefined) return [];
  const role = roleNames.get(higher.access_level) ?? "";
  const group = store.groups.get(higher.source_id)?.name ?? "";
  return [`should be greater than or equal to ${role} inherited membership from group ${group}`];
}

function roleProblems({ store }: Instance, { access_level, member_role_id }: Wanted): string[] {
  if (member_role_id === undefined) return [];
  const role = store.memberRoles.get(member_role_id);
  if (role === undefined) return ["not found"];
  return role.base_access_level === access_level
    ? []
    : ["the custom role's base access level does not match the current access level"];
}

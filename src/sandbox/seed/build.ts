import { dayInMilliseconds, type CalendarDate, type Timestamp } from "../clock";
import { hostOf, type Instance } from "../instance";
import type { Group, MemberRole, Project, User } from "../state/rows";
import type { SourceRef } from "../state/store";
import type { EstateSizes } from "./sizes";
import type { Random } from "./random";

/** An estate under construction. */
export interface Build {
  readonly instance: Instance;
  readonly random: Random;
  readonly sizes: EstateSizes;
  /** The start of today, in milliseconds. */
  readonly midnight: number;
  readonly root: User;
  readonly groups: Group[];
  readonly projects: Project[];
  readonly humans: User[];
  readonly roles: MemberRole[];
  /** Every group and project. */
  readonly places: SourceRef[];
  /** A group with everything below it, by its number. */
  readonly placesIn: Map<number, SourceRef[]>;
}

/** The time a number of days before today's midnight. */
export function daysAgo({ midnight }: Build, days: number): Timestamp {
  return new Date(midnight - Math.round(days * dayInMilliseconds)).toISOString();
}

/** The date a number of days from today. Negative for the past. */
export function dateIn(build: Build, days: number): CalendarDate {
  return daysAgo(build, -days).slice(0, 10);
}

type Given = Pick<User, "username" | "name" | "user_type"> & Partial<Omit<User, "id">>;

/** A user that was created a number of days ago. */
export function insertUser(build: Build, age: number, given: Given): User {
  const { instance, root } = build;
  const created_at = daysAgo(build, age);
  const isHuman = given.user_type === "human";
  const host = isHuman ? "example.com" : `noreply.${hostOf(instance)}`;
  return instance.store.users.insert({
    email: `${given.username}@${host}`,
    unconfirmed_email: null,
    public_email: null,
    state: "active",
    admin: false,
    external: !isHuman,
    projects_limit: isHuman ? 100_000 : 0,
    can_create_group: isHuman,
    composite_identity_enforced: false,
    provisioned_by_group_id: null,
    provisioned_by_project_id: null,
    namespace_id: instance.store.groups.reserveId(),
    confirmed_at: created_at,
    last_activity_on: null,
    note: null,
    created_at,
    updated_at: created_at,
    created_by_id: root.id,
    deletion: null,
    ...given,
  });
}

import { didYouMean } from "./nearest";
import type { Problem } from "./problem";

/**
 * GitLab's default roles and their access levels.
 * @see https://docs.gitlab.com/api/members/#roles
 */
export const ACCESS_LEVELS = {
  minimal_access: 5,
  guest: 10,
  planner: 15,
  reporter: 20,
  security_manager: 25,
  developer: 30,
  maintainer: 40,
  owner: 50,
} as const;

export type RoleName = keyof typeof ACCESS_LEVELS;

export const ROLE_NAMES = Object.keys(ACCESS_LEVELS) as RoleName[];

/** The role for a spelling: letter case, blanks and hyphens do not matter. */
export function parseRole(spelling: string): RoleName | undefined {
  const name = spelling
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  return ROLE_NAMES.find((role) => role === name);
}

export function roleOfAccessLevel(accessLevel: number): RoleName | undefined {
  return ROLE_NAMES.find((role) => ACCESS_LEVELS[role] === accessLevel);
}

export function roleProblem(spelling: string): Problem | undefined {
  if (parseRole(spelling) !== undefined) return undefined;
  return {
    code: "unknown-role",
    summary: `Unknown role "${spelling}"`,
    detail:
      `"${spelling}" is not a default role of GitLab.${didYouMean(spelling, ROLE_NAMES)} ` +
      `Write one of: ${ROLE_NAMES.join(", ")}. A custom role is set with custom_role_id, beside the default role that it is based on.`,
  };
}

/** `minimal_access` exists in groups only. */
export function roleInProjectProblem(spelling: string): Problem | undefined {
  if (parseRole(spelling) !== "minimal_access") return undefined;
  return {
    code: "minimal-access-in-project",
    summary: "Minimal access is a role of groups only",
    detail: `A project has no role "${spelling}". Write guest, the lowest role in a project.`,
  };
}

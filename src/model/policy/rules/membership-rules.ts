import { ACCESS_LEVELS } from "../../roles";
import type { MembershipFacts } from "../facts";
import type { Rule } from "./rule";

const maxRole: Rule<MembershipFacts> = {
  name: "max-role",
  judges: "membership",
  summary: "No membership has a role above `max_role`. A custom role counts as its default role.",
  severity: "error",
  stages: ["synth", "plan", "review", "audit"],
  setting: "maxRole",
  reads: (_, { maxRole: highest }) => (highest === "owner" ? [] : ["role"]),
  breach({ role }, { maxRole: highest }) {
    if (role === undefined || ACCESS_LEVELS[role] <= ACCESS_LEVELS[highest]) return undefined;
    return {
      attribute: "role",
      detail: `It has the role ${role}; the highest allowed is ${highest}.`,
      remedy: `Write ${highest} or a lower role.`,
    };
  },
};

export const MEMBERSHIP_RULES = [maxRole];

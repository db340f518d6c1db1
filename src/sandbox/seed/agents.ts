import { accessLevels } from "../auth/access";
import { insertUser, type Build } from "./build";
import { insertMember } from "./memberships";
import type { TokenDraft } from "./tokens";
import { agentFlows, capitalised } from "./words";

const projectsOfOne = 2;

/**
 * Accounts that GitLab creates when a flow is enabled: in the top-level group, with a composite identity, Developer in
 * its projects, without a token. Only the first one has a token anyway.
 */
export function seedAgents(build: Build, count: number): TokenDraft[] {
  const tops = build.groups.filter(({ parent_id }) => parent_id === null);
  const flowsPerRound = agentFlows.length * tops.length;
  return Array.from({ length: count }, (_, number) => {
    const top = tops[number % tops.length];
    if (top === undefined) return [];
    const flow = agentFlows[Math.floor(number / tops.length) % agentFlows.length] ?? "";
    const round = Math.floor(number / flowsPerRound);
    const user = insertUser(build, 200 - (number * 190) / count, {
      username: `${flow.startsWith("duo") ? "" : "ai-"}${flow}-${top.path}${round || ""}`,
      name: capitalised(flow.replaceAll("-", " ")),
      user_type: "service_account",
      provisioned_by_group_id: top.id,
      composite_identity_enforced: true,
    });
    const inside = build.placesIn.get(top.id) ?? [];
    const projects = inside.filter(({ type }) => type === "project").slice(0, projectsOfOne);
    for (const place of projects) insertMember(build, user, place, accessLevels.developer);
    if (number > 0) return [];
    return [{ user, name: "try out", scopes: ["api"], age: 5, expiresIn: 300 }];
  }).flat();
}

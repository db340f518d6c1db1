import type { ForeignState, ImportResult } from "../../provider/contract";
import { takeOverOfficial, type OfficialState } from "../shared/official-state";
import { spelledId } from "../shared/spelled-id";
import { IMPORTED } from "./imported";
import type { MembershipAttributes } from "./schema";

type Result = ImportResult<MembershipAttributes>;

const TAKEOVERS = new Map([
  ["gitlab_group_membership", ofGroup],
  ["gitlab_project_membership", ofProject],
]);

export function takeOverMembership(source: ForeignState): Result {
  return takeOverOfficial("glsa_membership", source, TAKEOVERS);
}

function ofGroup(source: OfficialState): Result {
  return inContainer("group", source.place("group_id"), source.number("user_id"));
}

/** Versions before 16 call it project_id. */
function ofProject(source: OfficialState): Result {
  return inContainer("project", source.place("project", "project_id"), source.number("user_id"));
}

function inContainer(kind: "group" | "project", spelling: string, userId: number): Result {
  const id = spelledId(kind, spelling, String(userId));
  return { state: { id, user_id: userId, [kind]: spelling }, private: IMPORTED };
}

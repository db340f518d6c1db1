import type { ForeignState, ImportResult } from "../../provider/contract";
import { takeOverOfficial, type OfficialState } from "../shared/official-state";
import { spelledId } from "../shared/spelled-id";
import type { ServiceAccountAttributes } from "./schema";

type Result = ImportResult<ServiceAccountAttributes>;

const TAKEOVERS = new Map([
  ["gitlab_group_service_account", (source: OfficialState) => ofContainer("group", source)],
  ["gitlab_project_service_account", (source: OfficialState) => ofContainer("project", source)],
  ["gitlab_instance_service_account", ofInstance],
]);

export function takeOverServiceAccount(source: ForeignState): Result {
  return takeOverOfficial("glsa_service_account", source, TAKEOVERS);
}

function ofContainer(kind: "group" | "project", source: OfficialState): Result {
  const spelling = source.place(kind);
  const userId = source.number("service_account_id");
  const id = spelledId(kind, spelling, String(userId));
  return { state: { id, user_id: userId, [kind]: spelling } };
}

function ofInstance(source: OfficialState): Result {
  const userId = source.number("service_account_id");
  return { state: { id: `instance:${userId}`, user_id: userId, instance: true } };
}

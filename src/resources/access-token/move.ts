import type { ForeignState, ImportResult } from "../../provider/contract";
import { takeOverOfficial, type OfficialState } from "../shared/official-state";
import { spelledId } from "../shared/spelled-id";
import { ownerlessId } from "./ownerless";
import { IMPORTED, toPrivateState } from "./private-state";
import type { AccessTokenAttributes } from "./schema";

type Result = ImportResult<AccessTokenAttributes>;

const TAKEOVERS = new Map([
  [
    "gitlab_group_service_account_access_token",
    (source: OfficialState) => ofContainer("group", source),
  ],
  [
    "gitlab_project_service_account_access_token",
    (source: OfficialState) => ofContainer("project", source),
  ],
  ["gitlab_personal_access_token", ofUser],
]);

/** The value stays behind: it is in the official provider's state only, and in none of ours. */
export function takeOverAccessToken(source: ForeignState): Result {
  return takeOverOfficial("glsa_access_token", source, TAKEOVERS);
}

function ofContainer(kind: "group" | "project", source: OfficialState): Result {
  const tokenId = source.lastNumberOfId();
  const spelling = source.place(kind);
  return taken(spelledId(kind, spelling, `${source.number("user_id")}:${tokenId}`), tokenId);
}

function ofUser(source: OfficialState): Result {
  const tokenId = source.lastNumberOfId();
  return taken(ownerlessId(source.number("user_id"), tokenId), tokenId);
}

function taken(id: string, tokenId: number): Result {
  return { state: { id, token_id: tokenId }, private: toPrivateState(IMPORTED) };
}

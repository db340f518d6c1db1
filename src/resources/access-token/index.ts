import { formatAccountId, parseTokenId } from "../../model";
import type { ForeignState, ImportResult, ResourceType } from "../../provider/contract";
import { malformedId } from "../shared/container-attributes";
import type { Context } from "../shared/context";
import { officialIdentity, officialTokenId } from "../shared/official-state";
import { createAccessToken } from "./create";
import { deleteAccessToken, planDeleteAccessToken } from "./delete";
import { accessTokenIdentity } from "./identity";
import { ownerlessId } from "./ownerless";
import { planAccessToken } from "./plan";
import { IMPORTED, toPrivateState } from "./private-state";
import { readAccessToken } from "./read";
import { accessTokenSchema, type AccessTokenAttributes } from "./schema";
import { updateAccessToken } from "./update";
import { validateAccessToken } from "./validate";

/** `glsa_access_token` */
export const accessToken: ResourceType<Context, AccessTokenAttributes> = {
  schema: accessTokenSchema,
  validate: validateAccessToken,
  plan: planAccessToken,
  planDelete: planDeleteAccessToken,
  read: readAccessToken,
  create: createAccessToken,
  update: updateAccessToken,
  delete: deleteAccessToken,
  importState: (id) => Promise.resolve(importAccessToken(id)),
  takeOver: takeOverAccessToken,
  identity: accessTokenIdentity,
};

function importAccessToken(text: string): ImportResult<AccessTokenAttributes> {
  const id = parseTokenId(text);
  if (id === undefined) {
    throw malformedId("a token", text, [
      "the account's id, a colon and the token's number (group:GROUP:USER:TOKEN)",
    ]);
  }
  return {
    state: {
      id: text,
      token_id: id.tokenId,
      service_account_id: formatAccountId(id.account),
    },
    private: toPrivateState(IMPORTED),
  };
}

/** The value stays behind: it is in the official provider's state only, and in none of ours. */
function takeOverAccessToken(source: ForeignState): ImportResult<AccessTokenAttributes> {
  const { prefix, place, userId } = officialIdentity("token", source);
  const tokenId = officialTokenId(source);
  const id = place.instance ? ownerlessId(userId, tokenId) : `${prefix}:${userId}:${tokenId}`;
  return { state: { id, token_id: tokenId }, private: toPrivateState(IMPORTED) };
}

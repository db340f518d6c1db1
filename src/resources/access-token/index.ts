import { formatAccountId, formatTokenId, parseTokenId, type TokenId } from "../../model";
import type { ForeignState, ImportResult, ResourceType } from "../../provider/contract";
import type { Context } from "../shared/context";
import {
  importedAccount,
  importedTokenId,
  malformedImport,
  parseImportId,
  type ImportId,
} from "../shared/import-id";
import { officialIdentity, officialTokenId } from "../shared/official-state";
import { createAccessToken } from "./create";
import { deleteAccessToken, planDeleteAccessToken } from "./delete";
import { accessTokenIdentity, ownerlessId } from "./identity";
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
  importState: importAccessToken,
  takeOver: takeOverAccessToken,
  identity: accessTokenIdentity,
};

async function importAccessToken(
  text: string,
  context: Context,
): Promise<ImportResult<AccessTokenAttributes>> {
  const written = parseImportId(text);
  if (written?.token === undefined) {
    throw malformedImport("a token", text, [
      "group:GROUP:USER:TOKEN",
      "project:PROJECT:USER:TOKEN",
      "instance:USER:TOKEN",
    ]);
  }
  const id = parseTokenId(text) ?? (await tokenIdOf(written, written.token, context));
  return {
    state: {
      id: formatTokenId(id),
      token_id: id.tokenId,
      service_account_id: formatAccountId(id.account),
    },
    private: toPrivateState(IMPORTED),
  };
}

async function tokenIdOf(written: ImportId, token: string, context: Context): Promise<TokenId> {
  const { id: account } = await importedAccount(written, context);
  return { account, tokenId: await importedTokenId(account, token, context) };
}

/** The value is not taken over: it is only in the official provider's state. */
function takeOverAccessToken(source: ForeignState): ImportResult<AccessTokenAttributes> {
  const { prefix, place, userId } = officialIdentity("token", source);
  const tokenId = officialTokenId(source);
  const id = place.instance ? ownerlessId(userId, tokenId) : `${prefix}:${userId}:${tokenId}`;
  return { state: { id, token_id: tokenId }, private: toPrivateState(IMPORTED) };
}

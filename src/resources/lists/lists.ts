import { anyList, type Listed, type ListType } from "../../provider/contract";
import type { Context } from "../shared/context";
import { scopeAttributes, validateScope, type ScopeAttributes } from "./scope";
import { look, type Sight } from "./sight";

function listOf(
  description: string,
  listed: (sight: Sight) => Listed[],
): ListType<Context, ScopeAttributes> {
  return {
    schema: { version: 0, description, attributes: scopeAttributes },
    validate: validateScope,
    async list(config, context) {
      const sight = await look(config, context);
      return { found: listed(sight), diagnostics: sight.diagnostics };
    },
  };
}

/** The results of `terraform query`, by resource type. */
export const lists = {
  glsa_service_account: anyList(
    listOf(
      "Service accounts of a group and everything below it, of a project, or of the instance.",
      (sight) =>
        sight.accounts.map(({ id, username }) => ({ identity: { id }, displayName: username })),
    ),
  ),
  glsa_access_token: anyList(
    listOf(
      "Live tokens of these accounts. For a token that glsa rotates, only the current one.",
      (sight) =>
        sight.tokens.map(({ account, tokenId, name, marker }) => ({
          identity: {
            service_account_id: account.id,
            key: marker?.key ?? null,
            token_id: marker === null ? tokenId : null,
          },
          displayName: `${account.username}: ${name}`,
        })),
    ),
  ),
  glsa_membership: anyList(
    listOf("Direct memberships of service accounts, as far as they are visible.", (sight) =>
      sight.memberships.map(({ id, username, container, role }) => ({
        identity: { id },
        displayName: `${username}: ${role ?? "a role of a later GitLab"} in ${container.path}`,
      })),
    ),
  ),
};

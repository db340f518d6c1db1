import {
  anyDataSource,
  defineAttributes,
  type Attributes,
  type DataSourceType,
  type StateOf,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { scopeAttributes, validateScope, type ListScope } from "./scope";
import { placesInWords } from "../../model";
import { look, type Sight } from "./sight";

const text = (description: string) => ({ type: "string", computed: true, description }) as const;
const perhaps = (description: string) =>
  ({ type: "string", computed: true, nullable: true, description }) as const;
const number = (description: string) => ({ type: "number", computed: true, description }) as const;

const accountAttributes = defineAttributes({
  id: text("The same as in a glsa_service_account."),
  user_id: number("User ID."),
  username: text("Username."),
  name: text("Display name."),
  status: perhaps("active, blocked, deactivated or banned. Null if GitLab does not return it."),
});

const tokenAttributes = defineAttributes({
  service_account_id: text("The id of the token's account."),
  username: text("Username of the token's account."),
  token_id: number("Its number."),
  name: text("Name."),
  scopes: { type: "list", element: "string", computed: true, description: "Scopes." },
  permissions: {
    type: "list",
    element: "string",
    computed: true,
    description:
      "Permissions of a fine-grained token, one entry for each place: group 12: create_member, read_member.",
  },
  created_at: text("When the token was created, ISO 8601."),
  expires_at: perhaps("First day on which the token does not work. Null if it never expires."),
  last_used_at: perhaps("When the token was last used, ISO 8601. Null if it was never used."),
});

const membershipAttributes = defineAttributes({
  id: text("The same as in a glsa_membership."),
  user_id: number("User ID of the account."),
  username: text("Username of the account."),
  group: perhaps("Full path of the group. Null for a membership of a project."),
  project: perhaps("Full path of the project. Null for a membership of a group."),
  role: perhaps("Role of the membership. For a custom role, the default role that it is based on."),
  expires_at: perhaps("Day at whose beginning the membership ends. Null if it does not end."),
});

function plural<Name extends string, A extends Attributes>(
  name: Name,
  { description, attributes }: { readonly description: string; readonly attributes: A },
  rows: (sight: Sight) => readonly StateOf<A>[],
): DataSourceType<Context> {
  const found = { type: "objectList", computed: true, description, attributes } as const;
  return anyDataSource<Context, Attributes>({
    schema: { version: 0, description, attributes: { ...scopeAttributes, [name]: found } },
    validate: (config) => validateScope(config as never),
    async read(config, context) {
      const sight = await look(config as unknown as ListScope, context);
      return { state: { ...config, [name]: rows(sight) } as never, diagnostics: sight.diagnostics };
    },
  });
}

/** What exists, as input for code. */
export const pluralDataSources = {
  glsa_service_accounts: plural(
    "service_accounts",
    {
      description:
        "Service accounts of a group and everything below it, of a project, or of the instance.",
      attributes: accountAttributes,
    },
    ({ accounts }) =>
      accounts.map(({ id, userId, username, name, state }) => ({
        id,
        user_id: userId,
        username,
        name,
        status: state,
      })),
  ),
  glsa_access_tokens: plural(
    "access_tokens",
    {
      description:
        "Live tokens of these accounts. For a token that glsa rotates, only the current one.",
      attributes: tokenAttributes,
    },
    ({ tokens }) =>
      tokens.map((token) => ({
        service_account_id: token.account.id,
        username: token.account.username,
        token_id: token.tokenId,
        name: token.name,
        scopes: [...token.scopes],
        permissions: placesInWords(token.granularScopes ?? []),
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        last_used_at: token.lastUsedAt,
      })),
  ),
  glsa_memberships: plural(
    "memberships",
    {
      description: "Direct memberships of service accounts, as far as they are visible.",
      attributes: membershipAttributes,
    },
    ({ memberships }) =>
      memberships.map(({ id, userId, username, container, role, expiresAt }) => ({
        id,
        user_id: userId,
        username,
        group: container.kind === "group" ? container.path : null,
        project: container.kind === "project" ? container.path : null,
        role,
        expires_at: expiresAt,
      })),
  ),
};

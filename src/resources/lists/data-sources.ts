import {
  anyDataSource,
  defineAttributes,
  type Attributes,
  type DataSourceType,
  type StateOf,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { scopeAttributes, validateScope, type ListScope } from "./scope";
import { look, type Sight } from "./sight";

const text = (description: string) => ({ type: "string", computed: true, description }) as const;
const perhaps = (description: string) =>
  ({ type: "string", computed: true, nullable: true, description }) as const;
const number = (description: string) => ({ type: "number", computed: true, description }) as const;

const accountAttributes = defineAttributes({
  id: text("As of a glsa_service_account."),
  user_id: number("User ID."),
  username: text("Username."),
  name: text("Display name."),
  status: perhaps("active, blocked, deactivated or banned. Null where GitLab does not tell."),
});

const tokenAttributes = defineAttributes({
  service_account_id: text("The id of its account."),
  username: text("Username of its account."),
  token_id: number("Its number."),
  name: text("Name."),
  scopes: { type: "list", element: "string", computed: true, description: "Scopes." },
  created_at: text("When it was made, ISO 8601."),
  expires_at: perhaps("The first day on which it does not work. Null when it never expires."),
  last_used_at: perhaps("When it was used last, ISO 8601. Null when it was never used."),
});

const membershipAttributes = defineAttributes({
  id: text("As of a glsa_membership."),
  user_id: number("User ID of the account."),
  username: text("Username of the account."),
  group: perhaps("Full path of the group. Null for a membership of a project."),
  project: perhaps("Full path of the project. Null for a membership of a group."),
  role: perhaps("Its role there; under a custom role, the one that it is based on."),
  expires_at: perhaps("The day at whose beginning it ends. Null when it does not."),
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

/** What exists, for code to reckon with. */
export const pluralDataSources = {
  glsa_service_accounts: plural(
    "service_accounts",
    {
      description:
        "The service accounts of a group and all below, of a project, or of the instance.",
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
      description: "Live tokens of these accounts. Of a token that glsa rotates, the present one.",
      attributes: tokenAttributes,
    },
    ({ tokens }) =>
      tokens.map((token) => ({
        service_account_id: token.account.id,
        username: token.account.username,
        token_id: token.tokenId,
        name: token.name,
        scopes: [...token.scopes],
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        last_used_at: token.lastUsedAt,
      })),
  ),
  glsa_memberships: plural(
    "memberships",
    {
      description: "Direct memberships of service accounts, as far as they can be seen.",
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

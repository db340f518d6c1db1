import type { AdoptedAccount, AdoptedMembership, AdoptedToken, Origin } from "../adoption";
import { snakeCase } from "../names";
import { inactiveComment, tokenQuestion } from "../questions";
import { hclBlock, hclList, hclText, type Attribute } from "./blocks";

const WORDS = { deliverTo: "deliver_to", expiresAt: "expires_at", neverExpires: "never_expires" };

/** Every new object of an account, one block after the other. */
export function hclAccount(account: AdoptedAccount, address: string | undefined): string[] {
  const own =
    account.origin === null ? undefined : `glsa_service_account.${snakeCase(account.name)}`;
  const reference = address ?? own ?? `data.glsa_service_account.${snakeCase(account.name)}`;
  return [
    ...(account.origin === null ? [] : accountBlocks(account, account.origin)),
    ...(account.origin === null && address === undefined ? [lookup(account)] : []),
    ...account.memberships.flatMap((membership) => membershipBlocks(membership, reference)),
    ...account.tokens.flatMap((token) => tokenBlocks(token, reference)),
  ];
}

function accountBlocks(account: AdoptedAccount, origin: Origin): string[] {
  const { name, username, displayName, email } = account;
  const comment = inactiveComment(account);
  return resource("glsa_service_account", name, origin, [
    [
      ownerAttribute(account),
      ["username", hclText(username)],
      ...optional("name", displayName),
      ...optional("email", email),
    ],
    comment === undefined ? [] : [comment],
  ]);
}

function lookup(account: AdoptedAccount): string {
  const head = `data "glsa_service_account" ${hclText(snakeCase(account.name))}`;
  return hclBlock(head, [ownerAttribute(account), ["username", hclText(account.username)]]);
}

function ownerAttribute({ owner }: AdoptedAccount): Attribute {
  if (owner.kind === "instance") return ["instance", "true"];
  return [owner.kind, hclText(owner.path ?? String(owner.id))];
}

function membershipBlocks(membership: AdoptedMembership, reference: string): string[] {
  const { container, name, role, customRoleId, expiresAt, origin } = membership;
  return resource("glsa_membership", name, origin, [
    [
      ["service_account_id", `${reference}.id`],
      [container.kind, hclText(container.path)],
      ["role", hclText(role)],
      ...(customRoleId === null ? [] : [["custom_role_id", String(customRoleId)] as const]),
      ...optional("expires_at", expiresAt),
    ],
    [],
  ]);
}

function tokenBlocks(token: AdoptedToken, reference: string): string[] {
  const { name, tokenName, description, scopes, expiresAt, origin } = token;
  const end: Attribute =
    expiresAt === null ? ["never_expires", "true"] : ["expires_at", hclText(expiresAt)];
  return resource("glsa_access_token", name, origin, [
    [
      ["service_account_id", `${reference}.id`],
      ["name", hclText(tokenName)],
      ...optional("description", description),
      ["scopes", hclList(scopes)],
      end,
    ],
    [tokenQuestion(token, WORDS)],
  ]);
}

function resource(
  type: string,
  name: string,
  { importId, officialAddress }: Origin,
  [attributes, comments]: [readonly Attribute[], readonly string[]],
): string[] {
  const label = snakeCase(name);
  const to: Attribute = ["to", `${type}.${label}`];
  const origin =
    officialAddress === null
      ? hclBlock("import", [to, ["id", hclText(importId)]])
      : hclBlock("moved", [["from", officialAddress], to]);
  return [origin, hclBlock(`resource "${type}" "${label}"`, attributes, comments)];
}

function optional(name: string, text: string | null): Attribute[] {
  return text === null ? [] : [[name, hclText(text)]];
}

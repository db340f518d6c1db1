import { hclBlock, hclText, type Attribute } from "../hcl/blocks";
import type { HeldAccount, HeldMemberships, Place } from "./held";

/** The attribute that says whose they are: by the account's resource where the state has it. */
export function accountAttribute(
  { accountId, userId }: HeldAccount,
  { accounts }: Pick<HeldMemberships, "accounts">,
): Attribute {
  if (accountId === null) return ["user_id", String(userId)];
  const address = accounts.get(accountId);
  return ["service_account_id", address === undefined ? hclText(accountId) : `${address}.id`];
}

export function grantAttributes({ role, customRoleId, expiresAt }: Place): Attribute[] {
  return [
    ["role", hclText(role)],
    ...(customRoleId === null ? [] : [["custom_role_id", String(customRoleId)] as const]),
    ...(expiresAt === null ? [] : [["expires_at", hclText(expiresAt)] as const]),
  ];
}

export function importBlock(to: string, id: string): string {
  return hclBlock("import", [
    ["to", to],
    ["id", hclText(id)],
  ]);
}

/** Lets go of objects without removing them. */
export function removedBlock(resource: string): string {
  return `removed {\n  from = ${resource}\n\n  lifecycle {\n    destroy = false\n  }\n}`;
}

/** A resource with blocks inside. */
export function hclResource(
  address: string,
  attributes: readonly Attribute[],
  blocks: readonly string[] = [],
): string {
  const head = `resource ${address.split(".").map(hclText).join(" ")}`;
  const whole = hclBlock(head, attributes);
  if (blocks.length === 0) return whole;
  const indented = blocks.map((block) => block.replace(/^(?=.)/gm, "  "));
  return `${whole.slice(0, -2)}\n\n${indented.join("\n\n")}\n}`;
}

/** The whole text. */
export function hclFile(blocks: readonly string[]): string {
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

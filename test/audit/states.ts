import type { State } from "../../src/audit";
import { declarationsIn } from "../../src/review";

export interface DeclaredParts {
  readonly accounts?: readonly { userId: number; username?: string; name?: string }[];
  readonly tokens?: readonly {
    userId: number;
    tokenId: number;
    previous?: readonly number[];
    rotatesAt?: string;
    expiresAt?: string;
    variable?: { project: string; key: string };
  }[];
  readonly memberships?: readonly {
    userId: number;
    group: number;
    role?: string;
    expiresAt?: string;
  }[];
}

/** A state as `terraform show -json` writes it, read as an audit reads it; accounts are of group 12. */
export function state(parts: DeclaredParts, name = "prod.json"): State {
  return { name, declarations: declarationsIn(stateText(parts)) };
}

export function stateText({ accounts = [], tokens = [], memberships = [] }: DeclaredParts): string {
  const resources = [
    ...accounts.map(({ userId, username = `account-${userId}`, name = `Account ${userId}` }) => ({
      address: `glsa_service_account.a${userId}`,
      mode: "managed",
      type: "glsa_service_account",
      values: { id: `group:12:${userId}`, group: "platform", username, name },
    })),
    ...tokens.map(({ userId, tokenId, previous = [], rotatesAt, expiresAt, variable }) => ({
      address: `glsa_access_token.t${tokenId}`,
      mode: "managed",
      type: "glsa_access_token",
      values: {
        id: `group:12:${userId}:${tokenId}`,
        service_account_id: `group:12:${userId}`,
        token_id: tokenId,
        name: `token-${tokenId}`,
        scopes: ["read_api"],
        status: "active",
        expires_at: expiresAt ?? "2027-08-01",
        ...(rotatesAt !== undefined && {
          rotates_at: rotatesAt,
          rotation: { every: "30d", overlap: "3d" },
        }),
        previous: previous.map((id) => ({ token_id: id })),
        ...(variable && { deliver_to: [{ ci_variable: variable }] }),
      },
    })),
    ...memberships.map(({ userId, group, role = "developer", expiresAt }) => ({
      address: `glsa_membership.m${userId}_${group}`,
      mode: "managed",
      type: "glsa_membership",
      values: {
        id: `group:${group}:${userId}`,
        service_account_id: `group:12:${userId}`,
        group: String(group),
        role,
        ...(expiresAt !== undefined && { expires_at: expiresAt }),
      },
    })),
  ];
  return JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } });
}

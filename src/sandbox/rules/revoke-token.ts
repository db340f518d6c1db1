import type { Instance } from "../instance";
import type { AccessToken } from "../state/rows";

/** Revokes a token; revoking it again changes nothing. */
export function revokeToken({ store, clock }: Instance, token: AccessToken): void {
  if (!token.revoked) store.tokens.update(token, { revoked: true, updated_at: clock.now() });
}

/** Revokes every token that was rotated, directly or not, from this one. */
export function revokeFamily(instance: Instance, token: AccessToken): void {
  for (const successor of instance.store.tokensByPrevious.all(token.id)) {
    revokeToken(instance, successor);
    revokeFamily(instance, successor);
  }
}

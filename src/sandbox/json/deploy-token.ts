import type { Instance } from "../instance";
import type { DeployToken } from "../state/rows";

export function deployTokenJson({ clock }: Instance, token: DeployToken) {
  const { id, name, username, expires_at, scopes, revoked } = token;
  return {
    id,
    name,
    username: username ?? `gitlab+deploy-token-${id}`,
    expires_at,
    scopes,
    revoked,
    expired: expires_at !== null && expires_at <= clock.now(),
  };
}

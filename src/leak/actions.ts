import { isGitLabError, type GitLab } from "../gitlab";
import type { Owner } from "../model";
import type { Asked } from "./look";
import type { Leaked } from "./leaked";
import type { Sighting } from "./sighting";
import { tokenByNumber } from "./token-by-number";

/** `dead`: it was dead before. `refused`: no available token may revoke it. */
export type Revocation = "revoked" | "dead" | "refused";

/** Of a value: it was tried and answers 401. Of a number: GitLab says that it is revoked. */
export type Proof = "value refused" | "shown revoked" | "not proved";

/** Revokes a token: by itself, which needs no right; else by way of its owner. Repeated, it does nothing. */
export async function revoke(
  { value }: Pick<Leaked, "value">,
  sighting: Pick<Sighting, "state" | "tokenId" | "userId" | "declared">,
  { gitlab, withValue }: Asked,
): Promise<Revocation> {
  if (sighting.state !== "active" && sighting.state !== "unknown") return "dead";
  const { tokenId, userId, declared } = sighting;
  try {
    if (value !== undefined) await withValue(value).tokens.revokeSelf();
    else if (gitlab === undefined || tokenId === null) return "refused";
    else await revokeBy(gitlab, declared?.token.owner, { userId: userId ?? 0, tokenId });
    return "revoked";
  } catch (failure) {
    if (isGitLabError(failure, "unauthorized", "token_ended") && value !== undefined) return "dead";
    if (isGitLabError(failure, "forbidden", "insufficient_scope", "not_found", "bad_request")) {
      return "refused";
    }
    throw failure;
  }
}

/** Another live token of the same account. */
export async function revokeOther(
  gitlab: GitLab,
  { userId, declared }: Pick<Sighting, "userId" | "declared">,
  tokenId: number,
): Promise<Revocation> {
  try {
    await revokeBy(gitlab, declared?.token.owner, { userId: userId ?? 0, tokenId });
    return "revoked";
  } catch (failure) {
    if (isGitLabError(failure, "forbidden", "insufficient_scope", "not_found")) return "refused";
    throw failure;
  }
}

function revokeBy(
  gitlab: GitLab,
  owner: Owner = { kind: "instance" },
  { userId, tokenId }: { userId: number; tokenId: number },
): Promise<void> {
  return gitlab.tokens.revoke({ owner, userId }, tokenId);
}

/** Asks once more, so that nothing is said to be over that is not. */
export async function prove(
  { value }: Pick<Leaked, "value">,
  { tokenId, userId, declared }: Pick<Sighting, "tokenId" | "userId" | "declared">,
  { gitlab, withValue }: Asked,
): Promise<Proof> {
  try {
    if (value !== undefined) {
      await withValue(value).tokens.self();
      return "not proved";
    }
    if (gitlab === undefined || tokenId === null) return "not proved";
    const holder = { owner: declared?.token.owner, userId: userId ?? 0 };
    const token = await tokenByNumber(gitlab, tokenId, holder);
    return token?.active === false ? "shown revoked" : "not proved";
  } catch (failure) {
    if (isGitLabError(failure, "unauthorized", "token_ended") && value !== undefined) {
      return "value refused";
    }
    if (isGitLabError(failure)) return "not proved";
    throw failure;
  }
}

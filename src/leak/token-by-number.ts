import type { GitLab, TokenEntity } from "../gitlab";
import type { Owner } from "../model";

interface Holder {
  /** Undefined where no state says whose account it is. */
  readonly owner: Owner | undefined;
  readonly userId: number;
}

/** An Owner asks by way of the account's owner, an administrator by the token's number. Undefined where it is not listed. */
export async function tokenByNumber(
  gitlab: GitLab,
  tokenId: number,
  holder: Holder | undefined,
): Promise<TokenEntity | undefined> {
  const { owner, userId = 0 } = holder ?? {};
  if (owner === undefined || owner.kind === "instance") return gitlab.tokens.get(tokenId);
  const all = await gitlab.tokens.listOfAccount({ owner, userId });
  return all.find(({ id }) => id === tokenId);
}

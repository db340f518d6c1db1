import type { TokenEntity } from "../../gitlab";
import { formatAccountId, markerKey, mayComeFrom, readMarker, type AccountId } from "../../model";
import { warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";

interface Account {
  readonly id: AccountId;
  readonly username: string;
}

/**
 * Live tokens that a first creation made and that no code declares. Usually a run was killed before the state was
 * written, and then the declaration was removed or renamed: after that no state knows them. They are reported in the
 * plan of the account, or at the end if an engine plans while its program still runs.
 */
export async function abandonedTokens(account: Account, context: Context): Promise<Diagnostic[]> {
  const { ready, stack, writtenNames, tellsEnd, claims } = context;
  if (!ready || stack === null || !(writtenNames.areComplete || tellsEnd)) return [];
  const accountId = formatAccountId(account.id);
  // Terraform plans once more when it applies, and an update of Pulumi comes after its preview.
  const isFirst = () => claims.isFirst(`abandoned tokens of ${accountId}`);
  if (!tellsEnd && !isFirst()) return [];
  const active = await attempt(
    `Cannot look for tokens of account "${account.username}" (${accountId})`,
    () => context.inventory.tokens.activeOf(account.id),
  );
  const find = () => warningOf(account, active, stack, context);
  if (!tellsEnd) return find();
  context.atEnd.set(accountId, () => {
    const found = writtenNames.isLate ? [] : find();
    return found.length > 0 && isFirst() ? found : [];
  });
  return [];
}

function warningOf(
  { id, username }: Account,
  active: readonly TokenEntity[],
  stack: string,
  context: Context,
): Diagnostic[] {
  const { writtenNames, inventory } = context;
  const accountId = formatAccountId(id);
  const abandoned = active.filter(
    (token) =>
      !writtenNames.has(token.name) &&
      !inventory.tokens.wasRevoked(token.id) &&
      isFirstOf(markerKey({ accountId, stack, tokenName: token.name }), token, context) &&
      !active.some((other) => succeeds(other, token)),
  );
  return abandoned.length === 0 ? [] : [abandonedWarning(accountId, username, stack, abandoned)];
}

/** Created by a run on this state that knew of no earlier token, for a declaration of this name. */
function isFirstOf(key: string, { description }: TokenEntity, context: Context): boolean {
  const marker = readMarker(description ?? null);
  return marker?.key === key && marker.isFirst === true && mayComeFrom(marker, context.stateName());
}

/** A renamed declaration keeps its marker, and continues with a token of the new name. */
function succeeds(other: TokenEntity, token: TokenEntity): boolean {
  const [later, earlier] = [other, token].map(({ description }) => readMarker(description ?? null));
  if (later === undefined || earlier === undefined) return false;
  return later.key === earlier.key && later.generation > earlier.generation;
}

function abandonedWarning(
  accountId: string,
  username: string,
  stack: string,
  tokens: readonly TokenEntity[],
): Diagnostic {
  return warning(
    "abandoned-tokens",
    `Account "${username}" has tokens of this stack that nothing declares`,
    `${accountId}: ${tokens.map(describe).join("; ")}. If this plan destroys or renames their declaration, or ended in an error before it ` +
      `reached it, there is nothing to do. Otherwise a run was probably interrupted right after it created them, and their declaration was removed or ` +
      `renamed since; or another state uses the stack "${stack}" too. They stay alive until they expire. Declare each again ` +
      `under its old name, or import it (${accountId}:NUMBER), and then remove it; or revoke it by hand once it is no longer used.`,
  );
}

function describe({ id, name, created_at: created, last_used_at: lastUse }: TokenEntity): string {
  const use = lastUse == null ? "never used" : `last used at ${lastUse}`;
  return `token ${id} "${name}", created at ${created}, ${use}`;
}

import { digestOf } from "../auth/token-value";
import type { AccessToken, User } from "../state/rows";
import { dateIn, daysAgo, type Build } from "./build";

/** A token before it has a number. Numbers follow the order of creation. */
export interface TokenDraft {
  readonly user: User;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly description?: string;
  /** Days since its creation. */
  readonly age: number;
  /** Days until its expiry. Negative if it has expired, null if it never does. */
  readonly expiresIn: number | null;
  readonly revoked?: boolean;
  /** Days since its last use. Missing if it was never used. */
  readonly usedAgo?: number;
  readonly addresses?: readonly string[];
  /** The token that was rotated into this one. */
  readonly previous?: TokenDraft;
  readonly impersonation?: boolean;
  /** Kept in a CI/CD variable, so that its value can be used. */
  readonly isDelivered?: boolean;
  /** The note beside a delivered value. */
  readonly marker?: string;
  row?: AccessToken;
  value?: string;
}

const addressesPerToken = 5;

/** Numbers the tokens by their age and stores them. */
export function insertTokens(build: Build, drafts: readonly TokenDraft[]): void {
  const inOrder = [...drafts].sort((a, b) => b.age - a.age);
  for (const draft of inOrder) draft.row = insertToken(build, draft);
}

function insertToken(build: Build, draft: TokenDraft): AccessToken {
  const { instance, random } = build;
  const { store } = instance;
  const { user, name, scopes, description, age, expiresIn, usedAgo } = draft;
  const created_at = daysAgo(build, age);
  const last_used_at = usedAgo === undefined ? null : daysAgo(build, usedAgo);
  const address = () => `10.${random.below(4)}.${random.below(250)}.${random.between(1, 254)}`;
  const addresses = last_used_at === null ? [] : (draft.addresses ?? [address()]);
  if (draft.isDelivered === true) {
    draft.value = store.settings.personal_access_token_prefix + random.hex(20);
  }
  return store.tokens.insert({
    user_id: user.id,
    name,
    description: description ?? null,
    scopes,
    revoked: draft.revoked === true,
    created_at,
    updated_at: last_used_at ?? created_at,
    last_used_at,
    last_used_ips: addresses.slice(0, addressesPerToken),
    ips_recorded_at: last_used_at,
    expires_at: expiresIn === null ? null : dateIn(build, expiresIn),
    previous_id: draft.previous?.row?.id ?? null,
    impersonation: draft.impersonation === true,
    // For values that exist nowhere, no digest could be right.
    digest: draft.value === undefined ? `none:${store.tokens.size}` : digestOf(draft.value),
  });
}

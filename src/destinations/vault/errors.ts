export type VaultErrorKind =
  | "bad_settings"
  | "bad_names"
  | "login_refused"
  | "invalid_token"
  | "forbidden"
  | "no_engine"
  | "other_engine"
  | "check_and_set"
  | "bad_request"
  | "sealed"
  | "standby"
  | "rate_limited"
  | "server_error"
  | "not_json"
  | "unreachable"
  | "connection_broken"
  | "changing"
  | "notes_not_kept";

/** What may have reached Vault although no good answer came back. */
const AMBIGUOUS: ReadonlySet<VaultErrorKind> = new Set(["connection_broken", "server_error"]);

/** What depends on where and as who the question is asked, or may be set up by the same apply. */
const LOCAL: ReadonlySet<VaultErrorKind> = new Set([
  "bad_settings",
  "login_refused",
  "invalid_token",
  "forbidden",
  "no_engine",
  "unreachable",
  "connection_broken",
  "not_json",
]);

/** A request to Vault that did not end well. It never holds a secret's value nor a credential. */
export class VaultError extends Error {
  constructor(
    readonly kind: VaultErrorKind,
    message: string,
    /** What to do now. */
    readonly remedy: string,
  ) {
    super(message);
    this.name = "VaultError";
  }

  get mayHaveTakenEffect(): boolean {
    return AMBIGUOUS.has(this.kind);
  }

  get isLocal(): boolean {
    return LOCAL.has(this.kind);
  }
}

export function isVaultError(
  error: unknown,
  ...kinds: readonly VaultErrorKind[]
): error is VaultError {
  return error instanceof VaultError && (kinds.length === 0 || kinds.includes(error.kind));
}

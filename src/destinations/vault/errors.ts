import { serverText } from "../../http";
import type { VaultServer } from "./server";

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

/** What its health tells of a Vault that does not serve. */
export type Condition = "sealed" | "standby";

export interface RefusalFacts {
  /** Such as `GET secret/data/ci/bot`. */
  readonly request: string;
  readonly status: number;
  readonly condition: Condition | undefined;
  /** Vault's own words, which are shown and decide nothing. */
  readonly words: string;
  /** What was sent and must not be repeated, beside what never may. */
  readonly secrets: readonly string[];
  /** False for an answer that something else gave. */
  readonly isVault: boolean;
  readonly location: string | undefined;
  readonly server: VaultServer;
}

/** An answer that is no success, as an error that says what to do. */
export function refusalOf(facts: RefusalFacts): VaultError {
  const { request, status, location } = facts;
  const kind = kindOf(facts);
  const words =
    kind === "standby" && location !== undefined ? `this node points to ${location}` : facts.words;
  const said = serverText(words, facts.secrets);
  return new VaultError(
    kind,
    `${request}: ${status}: ${said || "no explanation"}`,
    remedyFor(kind, facts),
  );
}

function kindOf({ status, condition, isVault }: RefusalFacts): VaultErrorKind {
  if (condition !== undefined) return condition;
  if ((status >= 300 && status < 400) || status === 472 || status === 473) return "standby";
  if (!isVault && status < 500) return "not_json";
  if (status === 404) return "no_engine";
  if (status === 403) return "forbidden";
  if (status === 412 || status === 429) return "rate_limited";
  return status >= 500 ? "server_error" : "bad_request";
}

function remedyFor(kind: VaultErrorKind, { server, request }: RefusalFacts): string {
  const { address, namespace } = server;
  switch (kind) {
    case "sealed":
      return `The Vault at ${address} is sealed. Have it unsealed, and apply again.`;
    case "standby":
      return `The Vault at ${address} is a standby that passes nothing on. Write the address of the active node, or of a load balancer that finds it.`;
    case "not_json":
      return `Something between here and Vault responded, such as a proxy or a sign-in page, or ${address} is not a Vault.`;
    case "no_engine":
      return `Nothing is mounted there${namespace === "" ? "" : ` in the namespace ${namespace}`}. Correct mount, or set namespace.`;
    case "forbidden":
      return `The policies of the Vault token do not allow ${request}. Have it allowed; docs/delivery.md has a policy to start from.`;
    case "rate_limited":
      return "Vault kept refusing requests as too many. Try again later, or have the quota raised.";
    case "server_error":
      return "Vault failed. Try again later; the cause is in its logs.";
    default:
      return "Correct what Vault names.";
  }
}

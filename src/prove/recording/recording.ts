export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A token of a recording. Its value is not kept, so requests name it by an alias. */
export interface RecordedToken {
  readonly kind: "prepared" | "issued" | "invalid";
  readonly label?: string;
  readonly pat_id?: number;
  readonly user_id?: number;
  /** Index of the interaction whose response created the token. */
  readonly issued_by?: number;
}

/** The replacement for a token's value. */
export const REPLACED = "REPLACED-TOKEN";

export interface RecordedRequest {
  readonly method: string;
  /** Percent-encoded, from `/api/v4` on. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

export interface RecordedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Json;
}

export interface Interaction {
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
}

/** What a recording of `glsa prove` needs before its first request. */
export interface PreparedGroup {
  /** Number of the group in which everything happens. Its path is always `throwaway`. */
  readonly id: number;
  readonly visibility: string;
  /** Whether the caller was an administrator. Otherwise the group's Owner. */
  readonly administrator: boolean;
  /** Whether the instance let Owners of groups create accounts. */
  readonly owners_create_accounts: boolean;
}

/** One file of `../shared/recordings`, or one that `glsa prove` writes. */
export interface Recording {
  /** What distinguishes it from others, e.g. its path below the folder of recordings. */
  readonly file: string;
  readonly gitlab_version: string;
  /** The instance's tier. @default "free", with no licence installed */
  readonly tier?: string;
  readonly prepared?: PreparedGroup;
  readonly tokens: Readonly<Record<string, RecordedToken>>;
  readonly redacted_values: readonly {
    readonly interaction: number;
    readonly pointer: string;
    readonly recorded_length: number | null;
    readonly token: string;
  }[];
  readonly interactions: readonly Interaction[];
}

/** The recorded server's time when a response was sent. */
export function timeOf({ file }: Recording, { response }: Interaction): string {
  const date = response.headers["Date"];
  if (typeof date !== "string") throw new Error(`${file}: a response has no Date header`);
  return new Date(date).toISOString();
}

/** The recorded server's time when the first response was sent. */
export function startOf(recording: Recording): string {
  const [first] = recording.interactions;
  if (first === undefined) throw new Error(`${recording.file}: nothing is recorded`);
  return timeOf(recording, first);
}

import type { IncomingHttpHeaders } from "node:http";
import type { Instance } from "../instance";
import type { Job } from "../state/pipeline-rows";
import type { AccessToken, User } from "../state/rows";
import type { ApiError } from "./errors";

/** A request as it was received, before authentication. */
export interface Incoming {
  readonly method: string;
  /** Path without query, still percent-encoded. */
  readonly path: string;
  /** The query as sent, without its question mark. */
  readonly queryString: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** The body as sent, for the one interface that stores it. */
  readonly rawBody: string;
  /** The same as bytes. */
  readonly bytes: Buffer;
  /** Why the body could not be read, if it could not. */
  readonly refusal?: ApiError;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
}

/** The caller and the token. */
export interface Caller {
  readonly user: User;
  /** Missing for a job with its own token. */
  readonly token: AccessToken | undefined;
  /** The job that sends the request as the user. */
  readonly job?: Job;
  /** Acts as administrator: is one, and Admin Mode allows it. */
  readonly admin: boolean;
}

/** One request as its handler receives it. */
export interface Call {
  readonly instance: Instance;
  readonly incoming: Incoming;
  readonly caller: Caller;
  /** Values from the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Query, body and path in one, later ones winning. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Whether a parameter was sent at all, even empty. */
export function isGiven(call: Call, name: string): boolean {
  return Object.hasOwn(call.raw, name);
}

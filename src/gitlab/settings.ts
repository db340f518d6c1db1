import type { RetryPolicy } from "../http";
import { instanceAddress } from "../model";

/** How to connect to one GitLab, and the limits for its use. */
export interface ClientSettings {
  /** The instance, with or without `/api/v4`, possibly below a path: `https://host/gitlab`. */
  readonly baseUrl: string;
  /** Personal access token. Sent as `PRIVATE-TOKEN` and never repeated anywhere. */
  readonly token: string;
  /** A PEM file of certificates to trust in addition to the system's. */
  readonly caFile?: string;
  /** The name of that file's setting, for messages. @default "ca_file" */
  readonly caSetting?: string;
  /** Sent with every request, for gateways in front of GitLab. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Requests in flight at once. @default 10 */
  readonly maxConcurrency?: number;
  /** Requests started per minute, retries included. @default no limit */
  readonly maxRequestsPerMinute?: number;
  /** Asked before each request, for a limit that other processes share: milliseconds after which to ask again, or 0. */
  readonly turn?: () => number;
  /** Requests in total, retries included. @default see docs/limits.md */
  readonly maxRequests?: number;
  readonly userAgent?: string;
  /** @default `GITLAB_RETRIES`, which wait for a server that is busy */
  readonly retries?: RetryPolicy;
}

export const DEFAULT_MAX_CONCURRENCY = 10;
export const DEFAULT_BASE_URL = "https://gitlab.com";

/** The address of the REST API. An instance's address may be given with or without `/api/v4`. */
export function apiUrl(baseUrl: string): string {
  return `${instanceAddress(baseUrl)}/api/v4`;
}

export function graphqlUrl(baseUrl: string): string {
  return `${instanceAddress(baseUrl)}/api/graphql`;
}

/** The problem of a base URL. Undefined if there is none. */
export function baseUrlProblem(baseUrl: string): string | undefined {
  const url = URL.canParse(baseUrl.trim()) ? new URL(baseUrl.trim()) : undefined;
  if (url === undefined) return `"${baseUrl}" is not a URL.`;
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return `"${url.protocol}//" is neither http nor https.`;
  }
  if (url.username !== "" || url.password !== "")
    return "It must not contain a user name or password.";
  if (url.search !== "" || url.hash !== "") return "It must not contain a query or fragment.";
  return undefined;
}

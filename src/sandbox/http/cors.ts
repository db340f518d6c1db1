import type { IncomingHttpHeaders } from "node:http";
import type { Reply } from "./reply";

const methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

const exposed = [
  ...["Link", "X-Total", "X-Total-Pages", "X-Per-Page", "X-Page", "X-Next-Page", "X-Prev-Page"],
  ...["X-Gitlab-Blob-Id", "X-Gitlab-Commit-Id", "X-Gitlab-Content-Sha256", "X-Gitlab-Encoding"],
  ...["X-Gitlab-File-Name", "X-Gitlab-File-Path", "X-Gitlab-Last-Commit-Id", "X-Gitlab-Ref"],
  ...["X-Gitlab-Size", "X-Request-Id", "ETag"],
].join(", ");

const maximumAge = 7200;

/** Response headers for a browser whose page comes from elsewhere: it may read the response. */
export function corsHeaders({ origin }: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined) return {};
  return {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": methods,
    "Access-Control-Expose-Headers": exposed,
    "Access-Control-Max-Age": String(maximumAge),
  };
}

/** The response to a browser's preflight request. Undefined for any other request. */
export function preflight(method: string, headers: IncomingHttpHeaders): Reply | undefined {
  const wanted = headers["access-control-request-method"];
  if (method !== "OPTIONS" || headers.origin === undefined || wanted === undefined)
    return undefined;
  const names = headers["access-control-request-headers"];
  return {
    status: 200,
    text: { type: "text/plain", content: "" },
    headers: {
      ...corsHeaders(headers),
      ...(names === undefined ? {} : { "Access-Control-Allow-Headers": names }),
    },
    rescued: true,
  };
}

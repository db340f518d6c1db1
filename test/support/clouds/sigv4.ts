import { createHash, createHmac } from "node:crypto";
import type { CloudRequest } from "./stand-in";

export interface Signed {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/**
 * Verifies a request's signature, version 4; returns who signed it, or the code of AWS's refusal.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(
  request: CloudRequest,
  keys: ReadonlyMap<string, string>,
): Signed | string {
  const authorization = request.headers.authorization ?? "";
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (found === null) return "MissingAuthenticationToken";
  const [, accessKeyId = "", date = "", region = "", service = "", names = "", signature] = found;
  const secret = keys.get(accessKeyId);
  if (secret === undefined) return "UnrecognizedClientException";
  const time = String(request.headers["x-amz-date"] ?? "");
  if (!time.startsWith(date) || Math.abs(Date.now() - parseTime(time)) > 5 * 60_000) {
    return "InvalidSignatureException";
  }
  const signed = names.split(";");
  if (!["host", "x-amz-date", "x-amz-target"].every((name) => signed.includes(name))) {
    return "InvalidSignatureException";
  }
  const canonical = [
    request.method,
    request.url.pathname,
    [...request.url.searchParams]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join("&"),
    ...signed.map((name) => `${name}:${String(request.headers[name] ?? "").trim()}`),
    "",
    names,
    sha256(request.body),
  ].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (before, part) => createHmac("sha256", before).update(part).digest(),
    `AWS4${secret}`,
  );
  const expected = createHmac("sha256", key).update(text).digest("hex");
  return expected === signature ? { accessKeyId, region, service } : "InvalidSignatureException";
}

function sha256(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

function parseTime(time: string): number {
  return Date.parse(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

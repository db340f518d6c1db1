import { randomBytes } from "node:crypto";
import type { CloudReply, CloudRequest } from "./stand-in";

const ACCOUNT = "glsa@shop-production.iam.gserviceaccount.com";
const AUDIENCE =
  "//iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/ci/providers/gitlab";

/**
 * How Google gives access tokens to the identity of a workload, which then acts as a service account.
 * @see https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token
 */
export class GoogleLogin {
  /** What a pipeline's id token is taken for. */
  readonly subjectToken = `subject-${randomBytes(12).toString("hex")}`;
  private readonly given = new Set<string>();

  knows(token: string): boolean {
    return this.given.has(token);
  }

  /** The file of a workload identity pool, whose identity acts as the service account. */
  poolFile(url: string, tokenFile: string): object {
    return {
      type: "external_account",
      audience: AUDIENCE,
      subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
      token_url: `${url}/v1/token`,
      service_account_impersonation_url: `${url}/v1/projects/-/serviceAccounts/${ACCOUNT}:generateAccessToken`,
      credential_source: { file: tokenFile },
    };
  }

  /** Undefined for a request that is none of a login. */
  answer({ method, url, headers, body }: CloudRequest): CloudReply | undefined {
    if (method !== "POST") return undefined;
    const form = new URLSearchParams(body.toString());
    if (url.pathname === "/v1/token") return this.byWorkload(form);
    if (!url.pathname.endsWith(`${ACCOUNT}:generateAccessToken`)) return undefined;
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
    if (!this.given.has(token)) return { status: 401, body: { error: { message: "No login" } } };
    const expireTime = new Date(Date.now() + 3_600_000).toISOString();
    return { status: 200, body: { accessToken: this.give(), expireTime } };
  }

  private byWorkload(form: URLSearchParams): CloudReply {
    const isKnown =
      form.get("subject_token") === this.subjectToken && form.get("audience") === AUDIENCE;
    if (!isKnown) {
      const error_description = "The identity is not one of the pool's.";
      return { status: 400, body: { error: "invalid_grant", error_description } };
    }
    return this.token({ issued_token_type: "urn:ietf:params:oauth:token-type:access_token" });
  }

  private token(more: object = {}): CloudReply {
    const body = { access_token: this.give(), token_type: "Bearer", expires_in: 3599, ...more };
    return { status: 200, body };
  }

  /** A token for a test's own requests. */
  give(): string {
    const token = `ya29.${randomBytes(20).toString("hex")}`;
    this.given.add(token);
    return token;
  }
}

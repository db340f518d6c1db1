import { randomBytes } from "node:crypto";
import type { Incoming } from "../http/call";
import { unauthorized } from "../http/errors";
import type { Instance } from "../instance";
import type { Job } from "../state/pipeline-rows";
import { basicLogin } from "./basic";
import { digestOf } from "./token-value";

/** Where a route accepts the token of a job: in header and parameter, or as a password. */
export type JobTokenPlace = "request" | "password";

const jobUser = "gitlab-ci-token";
const firstPartition = 100;

/** A job's token in GitLab's form: prefix, partition of the builds' table, random characters. */
export function jobTokenValue(): string {
  return `glcbt-${firstPartition.toString(16)}_${randomBytes(15).toString("base64url")}`;
}

/**
 * The running job whose token a request carries, where the route accepts one. A value there that is not a running job's
 * ends the request.
 */
export function presentedJob(
  instance: Instance,
  incoming: Incoming,
  places: readonly JobTokenPlace[],
): Job | undefined {
  if (places.length === 0) return undefined;
  const bearer = /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? "")?.[1];
  const byBearer = bearer === undefined ? undefined : runningJob(instance, bearer);
  if (byBearer !== undefined) return byBearer;
  const value =
    (places.includes("password") ? jobPassword(incoming) : undefined) ??
    (places.includes("request") ? requestValue(incoming) : undefined);
  if (value === undefined) return undefined;
  const job = runningJob(instance, value);
  if (job === undefined) throw unauthorized();
  return job;
}

function jobPassword({ headers }: Incoming): string | undefined {
  const login = basicLogin(headers);
  return login?.username === jobUser && login.password !== "" ? login.password : undefined;
}

function requestValue({ query, body, headers }: Incoming): string | undefined {
  const values = [body["job_token"] ?? query["job_token"], headers["job-token"]];
  return values.find((value): value is string => typeof value === "string" && value !== "");
}

function runningJob({ store }: Instance, value: string): Job | undefined {
  const job = store.jobsByDigest.first(digestOf(value));
  return job?.status === "running" ? job : undefined;
}

import { createHash } from "node:crypto";
import { secrets } from "../../http";
import { awsFailure, type AwsCall } from "./errors";
import { RequestHandler } from "./request-handler";
import type * as sdk from "./sdk";

export type Sdk = typeof sdk;

export interface AwsPlace {
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
}

interface Credentials {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface Client {
  readonly config: { credentials(): Promise<Credentials> };
}

let handler: RequestHandler | undefined;

/** What all clients are made with. Credentials come from the SDK's own chain, and from nowhere else. */
export function clientOptions({ region, endpoint }: AwsPlace) {
  handler ??= new RequestHandler();
  return {
    requestHandler: handler,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

/** Loaded where a declaration names a destination at AWS, from a file of its own. */
export function loadSdk(): Promise<Sdk> {
  // It tells in every run that its later versions want a later Node; the version that runs is a matter of glsa's.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  return import("./sdk");
}

/** Runs one request; its failure says what was asked for. */
export async function ask<T>(client: Client, call: AwsCall, send: () => Promise<T>): Promise<T> {
  try {
    const { secretAccessKey, sessionToken } = await client.config.credentials();
    secrets.add(secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken]));
    return await send();
  } catch (error) {
    throw awsFailure(error, call);
  }
}

/** The region as far as it is known without a request: profiles are read by the SDK. */
export function regionHere(declared: string | undefined): string | null {
  return declared ?? process.env["AWS_REGION"] ?? null;
}

/** The account as far as it can be told without asking; a role names its own. */
export function accountHere(): string | undefined {
  const { AWS_ACCOUNT_ID: account, AWS_ROLE_ARN: role } = process.env;
  return account || /^arn:[\w-]+:iam::(\d{12}):/.exec(role ?? "")?.[1];
}

/** A request token of AWS: the same words make the same request. */
export function requestToken(...words: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(words)).digest("hex");
}

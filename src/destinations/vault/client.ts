import { isRecord, jsonObject } from "../../model";
import {
  type Answer,
  BoundedConnection,
  NoAnswer,
  secrets,
  sendRepeatedly,
  serverText,
  SetupError,
  VAULT_RETRIES,
} from "../../http";
import { type Condition, refusalOf, VaultError } from "./errors";
import type { VaultServer } from "./server";

export interface VaultCall {
  readonly method: "GET" | "POST" | "PATCH";
  /** Below `/v1/`, not yet encoded. */
  readonly path: string;
  readonly body?: object;
  /** What of the body no message may repeat. */
  readonly secrets?: readonly string[];
}

export interface VaultReply {
  readonly found: boolean;
  /** The answer's `data`, where it has one; of a version that was deleted there is some even when not found. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Attempted {
  readonly answer: Answer;
  /** Known only where the answer is a failure. */
  readonly condition: Condition | undefined;
}

/** Speaks HTTP to one Vault: sends, tries again, and turns refusals into errors that say what to do. */
export class VaultClient {
  private readonly connection: BoundedConnection;

  constructor(readonly server: VaultServer) {
    const { caFile } = server;
    this.connection = new BoundedConnection({
      ...(caFile !== undefined && { certificates: { path: caFile, setting: "VAULT_CACERT" } }),
    });
  }

  async call(call: VaultCall, token: string | undefined): Promise<VaultReply> {
    if (token !== undefined) secrets.add(token);
    const { answer, condition } = await this.attempt(call, token);
    const body = parse(answer.text);
    if (answer.status < 300) {
      if (body === undefined) throw notJson(call, answer, this.server);
      return { found: true, data: recordIn(body, "data"), body };
    }
    const words = wordsOf(body);
    // Vault explains that there is no such route; of a secret that is missing it has nothing to say.
    if (answer.status === 404 && body !== undefined && words === "") {
      return { found: false, data: recordIn(body, "data"), body };
    }
    throw refusalOf({
      request: `${call.method} ${call.path}`,
      status: answer.status,
      condition,
      words,
      secrets: call.secrets ?? [],
      isVault: body !== undefined,
      location: answer.header("location"),
      server: this.server,
    });
  }

  private async attempt(call: VaultCall, token: string | undefined): Promise<Attempted> {
    let condition: Condition | undefined;
    const result = await sendRepeatedly(VAULT_RETRIES, {
      method: call.method,
      send: () => this.once(call, token),
      // Only an operator ends a seal, so waiting for it is of no use.
      isFinal: async (answer) => {
        const isFailure = !(answer instanceof NoAnswer) && answer.status >= 500;
        condition = isFailure ? await this.condition() : undefined;
        return condition !== undefined;
      },
      wait: (pause) => this.connection.wait(pause),
    });
    if (result instanceof NoAnswer) throw unanswered(call, result, this.server);
    return { answer: result, condition };
  }

  /**
   * Why Vault may be failing. Its words may be a proxy's, or in another language.
   * @see https://developer.hashicorp.com/vault/api-docs/system/health
   */
  private async condition(): Promise<Condition | undefined> {
    // Only the root namespace knows it, and needs no token.
    const health = await this.once({ method: "GET", path: "sys/health" }, undefined, "");
    const body = health instanceof NoAnswer ? undefined : parse(health.text);
    if (body?.["sealed"] === true) return "sealed";
    return body?.["standby"] === true ? "standby" : undefined;
  }

  private async once(
    call: VaultCall,
    token: string | undefined,
    namespace = this.server.namespace,
  ): Promise<Answer | NoAnswer> {
    const { address } = this.server;
    const path = call.path.split("/").map(encodeURIComponent).join("/");
    const isPatch = call.method === "PATCH";
    try {
      return await this.connection.attempt({
        method: call.method,
        url: `${address}/v1/${path}`,
        headers: {
          accept: "application/json",
          // An agent in front of Vault may insist on it.
          "x-vault-request": "true",
          ...(call.body !== undefined && {
            "content-type": isPatch ? "application/merge-patch+json" : "application/json",
          }),
          ...(namespace !== "" && { "x-vault-namespace": namespace }),
          ...(token !== undefined && { "x-vault-token": token }),
        },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
      });
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      throw new VaultError("bad_settings", error.message, error.remedy);
    }
  }
}

function unanswered(call: VaultCall, failure: NoAnswer, { address }: VaultServer): VaultError {
  const message = `${call.method} ${call.path}: no answer: ${serverText(failure.message, call.secrets)}`;
  return failure.mayHaveArrived
    ? new VaultError(
        "connection_broken",
        message,
        "The connection broke before the response came. Apply again: what took effect is found then.",
      )
    : new VaultError(
        "unreachable",
        message,
        `Check the address ${address}, the network, HTTPS_PROXY and NO_PROXY, and for a certificate of your own VAULT_CACERT.`,
      );
}

function notJson(call: VaultCall, answer: Answer, { address }: VaultServer): VaultError {
  return new VaultError(
    "not_json",
    `${call.method} ${call.path}: ${answer.status}: the answer is not Vault's`,
    `Something between here and Vault responded, such as a proxy or a sign-in page, or ${address} is not a Vault.`,
  );
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text === "") return {};
  return jsonObject(text);
}

/** Vault's own words on one line. */
function wordsOf(body: Readonly<Record<string, unknown>> | undefined): string {
  const errors = Array.isArray(body?.["errors"]) ? body["errors"] : [];
  return errors
    .map(String)
    .flatMap((error) => error.split("\n"))
    .map((line) => line.replace(/^\s*\*?\s*/, "").trim())
    .filter((line) => line !== "" && !/^\d+ errors? occurred:$/.test(line))
    .join("; ");
}

function recordIn(
  body: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  const value = body[name];
  return isRecord(value) ? value : undefined;
}

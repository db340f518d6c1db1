import { isRecord, jsonObject } from "../../model";
import {
  BoundedConnection,
  NoAnswer,
  sendRepeatedly,
  SERVICE_RETRIES,
  serverText,
  type Answer,
} from "../../http";
import { asStoreError, StoreError } from "./store-error";

export interface RestCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the service's address, already encoded. */
  readonly path: string;
  readonly body?: object;
  /** Whether it may be sent again although it may have been carried out. @default for all but POST */
  readonly mayRepeat?: boolean;
}

export type Json = Readonly<Record<string, unknown>>;

export interface RestService {
  /** Such as `GitHub`. */
  readonly name: string;
  readonly address: string;
  /** Headers of a request, with the login; called for each one. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** What to do where the service refuses the login (401). */
  readonly loginRemedy: string;
  /** The same where it forbids the request (403). */
  forbiddenRemedy(call: RestCall): string;
  /** The service's own code of an error, where a status alone does not tell. */
  kindOf?(body: Json): unknown;
}

/** Asks a service that speaks JSON: tries again, and turns refusals into errors that say what to do. */
export class RestClient {
  private readonly connection = new BoundedConnection();

  constructor(private readonly service: RestService) {}

  /** A list of things is returned as `list`. A `StoreError` of a refusal has the service's code as its kind, or the status. */
  async call(call: RestCall): Promise<Json> {
    const answer = await this.attempt(call);
    const body = parse(answer.text);
    if (answer.status >= 200 && answer.status < 300) {
      if (body !== undefined) return body;
      throw this.failure(call, answer, "the answer is no JSON");
    }
    throw this.failure(call, answer, wordsOf(body), this.service.kindOf?.(body ?? {}));
  }

  /** Undefined where there is no such thing. */
  async find(call: RestCall): Promise<Json | undefined> {
    try {
      return await this.call(call);
    } catch (error) {
      if (error instanceof StoreError && error.kind === "404") return undefined;
      throw error;
    }
  }

  private async attempt(call: RestCall): Promise<Answer> {
    const { method, path, mayRepeat } = call;
    const policy =
      mayRepeat === undefined
        ? SERVICE_RETRIES
        : { ...SERVICE_RETRIES, isRepeatable: () => mayRepeat };
    const result = await sendRepeatedly(policy, {
      method,
      send: () => this.once(call),
      wait: (pause) => this.connection.wait(pause),
    });
    if (!(result instanceof NoAnswer)) return result;
    throw new StoreError(`${method} ${path}: no answer: ${serverText(result.message)}`, {
      remedy: `Check ${this.service.address}, the network, HTTPS_PROXY and NO_PROXY, and apply again.`,
      isLocal: !result.mayHaveArrived,
      mayHaveTakenEffect: result.mayHaveArrived,
    });
  }

  private async once({ method, path, body }: RestCall): Promise<Answer | NoAnswer> {
    const headers = await this.service.headers();
    try {
      return await this.connection.attempt({
        method,
        url: `${this.service.address}${path}`,
        headers: {
          accept: "application/json",
          "user-agent": "glsa",
          ...headers,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (error) {
      throw asStoreError(error);
    }
  }

  private failure(call: RestCall, { status }: Answer, words: string, code?: unknown): StoreError {
    const { name, loginRemedy } = this.service;
    const said = `${call.method} ${call.path}: ${status}: ${serverText(words) || "no explanation"}`;
    const kind = status !== 404 && typeof code === "string" ? code : String(status);
    if (status === 401) return new StoreError(said, { remedy: loginRemedy, isLocal: true, kind });
    if (status === 403) {
      const remedy = this.service.forbiddenRemedy(call);
      return new StoreError(said, { remedy, isDenied: true, kind });
    }
    if (status === 429) {
      return new StoreError(said, { remedy: `${name} refuses more requests for now.`, kind });
    }
    return new StoreError(said, {
      remedy: status >= 500 ? `${name} failed. Apply again later.` : `Correct what ${name} names.`,
      mayHaveTakenEffect: status >= 500,
      kind,
    });
  }
}

/** The objects of a list; none where it is no list. */
export function recordsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The names of an object with their values as texts, such as tags; none where it is no object. */
export function textsIn(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.map(([name, each]) => [name, String(each)]));
}

function parse(text: string): Json | undefined {
  if (text.trim() === "") return {};
  return jsonObject(/^\s*\[/.test(text) ? `{"list":${text}}` : text);
}

/** In the shapes of GitHub, Google, Azure and 1Password. */
function wordsOf(body: Json | undefined): string {
  const error = body?.["error"];
  const inside = isRecord(error) ? error["message"] : error;
  const words = body?.["message"] ?? inside;
  return typeof words === "string" ? words : "";
}

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { RequestBudget } from "./budget";
import { Connection, NoAnswer, type Answer } from "./connection";
import { GitLabError, type ErrorFacts, type ErrorKind } from "./errors";
import { isRecord, kindOf, messageOf } from "./messages";
import { retryDelay, type AttemptOutcome } from "./retry";
import { apiUrl, DEFAULT_MAX_CONCURRENCY, type ClientSettings } from "./settings";

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With names for the variable parts: `/groups/:id/members`. */
  readonly route: string;
  /** The variable parts; encoded into the path. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Query;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined on the last page. */
  readonly next: number | undefined;
  /** Pages in all; undefined where GitLab does not count (more than 10,000 items). */
  readonly totalPages: number | undefined;
}

export const PAGE_SIZE = 100;

/** Speaks REST to one GitLab: sends, retries, waits, pages, and turns failures into errors that say what to do. */
export class GitLabClient {
  /** The API's address, for messages. */
  readonly server: string;
  /** The server's clock at its last answer; this machine's clock is never used in its place. */
  serverDate: Date | undefined;

  private readonly connection: Connection;
  private readonly budget: RequestBudget;
  private readonly stopping = new AbortController();

  constructor(private readonly settings: ClientSettings) {
    this.server = apiUrl(settings.baseUrl);
    const { caFile } = settings;
    this.connection = new Connection(() =>
      caFile === undefined ? undefined : readFileSync(caFile, "utf8"),
    );
    this.budget = new RequestBudget({
      maxConcurrency: settings.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY,
      maxRequestsPerMinute: settings.maxRequestsPerMinute,
    });
  }

  /** One object. */
  async one<T extends object>(call: Call): Promise<T> {
    const { body, facts } = await this.exchange(call);
    if (!isRecord(body)) throw notJson(facts, "the answer is not a JSON object");
    return body as T;
  }

  /** A request whose answer has no body worth reading. */
  async send(call: Call): Promise<void> {
    await this.exchange(call);
  }

  async page<T extends object>(call: Call, page: number): Promise<Page<T>> {
    const { body, answer, facts } = await this.exchange({
      ...call,
      query: { ...call.query, per_page: PAGE_SIZE, page },
    });
    if (!Array.isArray(body)) throw notJson(facts, "the answer is not a JSON list");
    // Not the Link header: behind a proxy it names a host that may not be reachable from here.
    return {
      items: body as T[],
      next: numberOf(answer.header("x-next-page")),
      totalPages: numberOf(answer.header("x-total-pages")),
    };
  }

  /** All items of a list. */
  async list<T extends object>(call: Call): Promise<T[]> {
    const items: T[] = [];
    for (let page: number | undefined = 1; page !== undefined;) {
      const answer: Page<T> = await this.page<T>(call, page);
      items.push(...answer.items);
      page = answer.next;
    }
    return items;
  }

  /** Ends every wait between attempts, so that an interrupted run ends soon. */
  stop(): void {
    this.stopping.abort();
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private async exchange(
    call: Call,
  ): Promise<{ body: unknown; answer: Answer; facts: RequestFacts }> {
    const facts: RequestFacts = {
      method: call.method,
      route: call.route,
      path: pathOf(call),
      server: this.server,
    };
    const answer = await this.attempt(call, facts);
    if (answer.status >= 300 && answer.status < 400) {
      throw this.failure("unexpected_redirect", facts, {
        status: answer.status,
        message: `GitLab points to ${answer.header("location") ?? "another address"}`,
      });
    }
    const body = parse(answer);
    // A page from a proxy, whatever its status, says nothing about GitLab's objects.
    if (body === undefined && answer.text !== "" && answer.status < 500) {
      throw notJson({ ...facts, status: answer.status }, "the answer is not JSON");
    }
    if (answer.status >= 400) {
      throw this.failure(kindOf(answer.status, body), facts, {
        status: answer.status,
        message: messageOf(body) || "no explanation",
      });
    }
    return { body, answer, facts };
  }

  private async attempt(call: Call, facts: RequestFacts): Promise<Answer> {
    const url = `${this.server}${facts.path}${queryOf(call.query)}`;
    let waited = 0;
    for (let attempts = 1; ; attempts++) {
      const result = await this.budget.run(() => this.once(call, url));
      const outcome = result instanceof NoAnswer ? failureOf(result) : outcomeOf(result);
      const delay = isFine(outcome)
        ? undefined
        : retryDelay({ method: call.method, attempts, waited, outcome, random: Math.random() });
      if (delay === undefined) {
        if (result instanceof NoAnswer) throw this.noAnswer(result, facts);
        return result;
      }
      if (outcome.kind === "answer" && outcome.retryAfterSeconds !== undefined) {
        await this.budget.pause(delay);
      }
      await this.wait(delay, facts);
      waited += delay;
    }
  }

  private async once(call: Call, url: string): Promise<Answer | NoAnswer> {
    try {
      const body = call.body === undefined ? undefined : JSON.stringify(call.body);
      const headers = headersOf(this.settings, body !== undefined);
      const answer = await this.connection.send({ method: call.method, url, headers, body });
      const date = new Date(answer.header("date") ?? "");
      if (!Number.isNaN(date.getTime())) this.serverDate = date;
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer) return error;
      throw error;
    }
  }

  private async wait(milliseconds: number, facts: RequestFacts): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.stopping.signal });
    } catch {
      throw this.failure("stopped", facts, { message: "stopped while waiting to try again" });
    }
  }

  private noAnswer(error: NoAnswer, facts: RequestFacts): GitLabError {
    const kind = error.mayHaveArrived ? "connection_broken" : "unreachable";
    return this.failure(kind, facts, { message: error.message });
  }

  private failure(
    kind: ErrorKind,
    facts: RequestFacts,
    answer: { status?: number; message: string },
  ): GitLabError {
    const message = answer.message.replaceAll(this.settings.token, "[token]");
    return new GitLabError({ ...facts, ...answer, kind, message });
  }
}

type RequestFacts = Omit<ErrorFacts, "kind" | "message">;

/** Never quotes the answer: that of a token's creation holds the value. */
function notJson(facts: RequestFacts, message: string): GitLabError {
  return new GitLabError({ ...facts, kind: "not_json", message });
}

function headersOf(settings: ClientSettings, hasBody: boolean): Record<string, string> {
  return {
    "user-agent": settings.userAgent ?? "glsa",
    accept: "application/json",
    ...(hasBody && { "content-type": "application/json" }),
    ...settings.headers,
    "private-token": settings.token,
  };
}

function failureOf({ mayHaveArrived }: NoAnswer): AttemptOutcome {
  return { kind: mayHaveArrived ? "broken" : "not_connected" };
}

function isFine(outcome: AttemptOutcome): boolean {
  return outcome.kind === "answer" && outcome.status < 400;
}

function outcomeOf(answer: Answer): AttemptOutcome {
  const date = new Date(answer.header("date") ?? "");
  return {
    kind: "answer",
    status: answer.status,
    retryAfterSeconds: numberOf(answer.header("retry-after")),
    date: Number.isNaN(date.getTime()) ? new Date() : date,
  };
}

function parse(answer: Answer): unknown {
  if (answer.text === "") return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    // Rate limiters and proxies answer in plain text; HTML is of no use to anyone.
    const plain = answer.status >= 400 && !answer.text.trimStart().startsWith("<");
    return plain ? answer.text : undefined;
  }
}

function pathOf({ route, params = {} }: Call): string {
  return route.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`the route ${route} needs a value for ${name}`);
    return encodeURIComponent(String(value));
  });
}

function queryOf(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.append(name, String(value));
  }
  return search.size === 0 ? "" : `?${search}`;
}

function numberOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  const number = Number(header);
  return Number.isFinite(number) ? number : undefined;
}

import { isRecord } from "../model";
import {
  GITLAB_RETRIES,
  NoAnswer,
  secrets,
  sendRepeatedly,
  serverText,
  SetupError,
  type Answer,
  type AttemptOutcome,
} from "../http";
import { Stopped } from "./budget";
import { headersOf, pathOf, queryOf, type Call } from "./call";
import { decode, EndlessName } from "./decode";
import type { ErrorFacts, ErrorKind } from "./error-facts";
import { GitLabError } from "./errors";
import { attributesOf, isGranularRefusal, kindOf, messageOf } from "./messages";
import { redirectRemedy, GRANULAR_REMEDY } from "./remedies";
import { misshapen } from "./shape";
import { apiUrl, graphqlUrl, type ClientSettings } from "./settings";
import type { RateLimit } from "./slow-down";
import { Transport } from "./transport";

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined on the last page. */
  readonly next: number | undefined;
  /** The number of pages. Undefined if GitLab does not count them (more than 10,000 items). */
  readonly totalPages: number | undefined;
  /** The number of items. Undefined if GitLab does not count them. */
  readonly total: number | undefined;
}

export const PAGE_SIZE = 100;

interface Exchanged {
  readonly body: unknown;
  readonly answer: Answer;
  readonly facts: RequestFacts;
}

/** A REST client for one GitLab: sends, retries, waits, pages, and turns failures into errors with a remedy. */
export class GitLabClient {
  /** The API's address, for messages. */
  readonly server: string;

  constructor(
    private readonly settings: ClientSettings,
    readonly transport = new Transport(settings),
    /** Looks up the reason of a refusal whose kind alone would be misleading. */
    private readonly likelyCause?: (refusal: GitLabError) => Promise<GitLabError>,
  ) {
    this.server = apiUrl(settings.baseUrl);
    secrets.add(settings.token);
    for (const [name, value] of Object.entries(settings.headers ?? {})) {
      secrets.addHeader(value, name);
    }
  }

  /** The server's clock at its last response. This machine's clock never replaces it. */
  get serverDate(): Date | undefined {
    return this.transport.serverDate;
  }

  /** What the server's limiter said last. Undefined where it has none, or does not tell. */
  get rateLimit(): RateLimit | undefined {
    return this.transport.rateLimit;
  }

  /** One object. */
  async one<T extends object>(call: Call): Promise<T> {
    const { body, facts } = await this.exchange(call);
    if (!isRecord(body)) throw notJson(facts, "the response is not a JSON object");
    refuseMisshapen([body], call, facts);
    return body as T;
  }

  /** A request whose response body is not needed. */
  async send(call: Call): Promise<void> {
    await this.exchange(call);
  }

  async page<T extends object>(call: Call, page: number): Promise<Page<T>> {
    const { lists } = this.transport;
    const list = `${call.method} ${pathOf(call)}${queryOf(call.query)}`;
    const problem = lists.problemOf(list, page, Date.now());
    if (problem !== undefined) throw this.endless(this.factsOf(call), problem);
    const { body, answer, facts } = await this.exchange({
      ...call,
      query: { ...call.query, per_page: PAGE_SIZE, page },
    });
    if (!Array.isArray(body)) throw notJson(facts, "the response is not a JSON list");
    refuseMisshapen(body, call, facts);
    lists.received(list, answer.text.length);
    const next = nextPage(answer, page, body.length);
    if (next === undefined) lists.ended(list);
    else if (next <= page)
      throw this.endless(facts, `page ${page} names page ${next} as the next one`);
    const totalPages = countOf(answer.header("x-total-pages"));
    return { items: body as T[], next, totalPages, total: countOf(answer.header("x-total")) };
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

  /** GraphQL reports a refused query in a successful response. */
  refusedQuery(call: Call, message: string): GitLabError {
    return this.failure("bad_request", this.factsOf(call), { status: 200, message });
  }

  /** No waiting request is sent any more, so that an interrupted run ends soon. */
  stop(): void {
    void this.transport.stop();
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  private async exchange(call: Call): Promise<Exchanged> {
    const facts = this.factsOf(call);
    const answer = await this.attempt(call, facts);
    const { status } = answer;
    if (status >= 300 && status < 400) throw this.redirected(answer, facts);
    const body = this.decoded(answer, facts);
    // A page from a proxy, whatever its status, says nothing about GitLab's objects.
    if (body === undefined && answer.text !== "" && status < 500) {
      throw notJson({ ...facts, status }, "the response is not JSON");
    }
    if (status >= 400) {
      const message = messageOf(body) || "no explanation";
      const attributes = attributesOf(body);
      // For a missing object, GitLab's text is in "message".
      const isUnrouted = status === 404 && isRecord(body) && typeof body["error"] === "string";
      const remedy = isGranularRefusal(body) ? GRANULAR_REMEDY : undefined;
      const told = { status, message, attributes, isUnrouted, remedy };
      const failure = this.failure(kindOf(status, body), facts, told);
      throw (await this.likelyCause?.(failure)) ?? failure;
    }
    return { body, answer, facts: { ...facts, status } };
  }

  private decoded(answer: Answer, facts: RequestFacts): unknown {
    try {
      return decode(answer);
    } catch (failure) {
      if (!(failure instanceof EndlessName)) throw failure;
      throw notJson(
        { ...facts, status: answer.status },
        `the response is not from GitLab: ${failure.message}`,
      );
    }
  }

  private async attempt(call: Call, facts: RequestFacts): Promise<Answer> {
    const outgoing = this.outgoing(call, facts);
    const result = await sendRepeatedly(this.settings.retries ?? GITLAB_RETRIES, {
      method: call.method,
      send: () => this.unlessStopped(facts, () => this.transport.send(outgoing)),
      wait: (delay, outcome) => this.wait(delay, outcome, facts),
    });
    if (result instanceof NoAnswer) throw this.noAnswer(result, facts);
    return result;
  }

  private async wait(delay: number, outcome: AttemptOutcome, facts: RequestFacts): Promise<void> {
    const problem = this.transport.limits.problemAt(Date.now(), delay);
    if (problem !== undefined) throw this.endless(facts, problem);
    if (outcome.kind === "answer" && outcome.retryAfterSeconds !== undefined) {
      await this.transport.pause(delay);
    }
    await this.unlessStopped(facts, () => this.transport.wait(delay));
  }

  private outgoing(call: Call, facts: RequestFacts) {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    return {
      name: `${call.method} ${call.api === "graphql" ? "/api/graphql" : call.route}`,
      method: call.method,
      url: `${call.api === "graphql" ? graphqlUrl(this.settings.baseUrl) : this.server}${facts.path}${queryOf(call.query)}`,
      headers: headersOf(this.settings, body !== undefined),
      body,
    };
  }

  private async unlessStopped<T>(facts: RequestFacts, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof Stopped) throw this.failure("stopped", facts, { message });
      if (!(error instanceof SetupError)) throw error;
      throw this.failure("bad_setup", facts, { message, remedy: error.remedy });
    }
  }

  private factsOf(call: Call): RequestFacts {
    const { method, route, body = {} } = call;
    return { method, route, path: pathOf(call), server: this.server, sent: Object.keys(body) };
  }

  private redirected(answer: Answer, facts: RequestFacts): GitLabError {
    // A sign-in page's address contains where to return to, and more that is of no use here.
    const target = (answer.header("location") ?? "").replace(/[?#].*$/s, "");
    return this.failure("unexpected_redirect", facts, {
      status: answer.status,
      message: `GitLab redirects to ${target || "another address"}`,
      remedy: redirectRemedy(this.server, target),
    });
  }

  private noAnswer(error: NoAnswer, facts: RequestFacts): GitLabError {
    const kinds = {
      not_connected: "unreachable",
      broken: "connection_broken",
      beyond_limit: "beyond_limit",
    } as const;
    return this.failure(kinds[error.silence], facts, { message: error.message });
  }

  private endless(facts: RequestFacts, message: string): GitLabError {
    return this.failure("beyond_limit", facts, { message });
  }

  private failure(
    kind: ErrorKind,
    facts: RequestFacts,
    answer: Pick<ErrorFacts, "status" | "message" | "attributes" | "isUnrouted" | "remedy">,
  ): GitLabError {
    return new GitLabError({ ...facts, ...answer, kind, message: serverText(answer.message) });
  }
}

type RequestFacts = Omit<ErrorFacts, "kind" | "message">;

/** Never quotes the response: that of a token's creation contains the value. */
function notJson(facts: RequestFacts, message: string): GitLabError {
  return new GitLabError({ ...facts, kind: "not_json", message });
}

/** Anything else in such a response would be a guess. */
function refuseMisshapen(entities: readonly unknown[], { shape }: Call, facts: RequestFacts): void {
  if (shape === undefined) return;
  for (const entity of entities) {
    const field = misshapen(entity, shape);
    if (field === undefined) continue;
    throw notJson(
      facts,
      `the response is not from GitLab: ${field} is missing or of the wrong kind`,
    );
  }
}

/** Not by the Link header: behind a proxy it names a host that may not be reachable from here. */
function nextPage(answer: Answer, page: number, length: number): number | undefined {
  const written = answer.header("x-next-page");
  // If a proxy removes the header, only a page that is not full is certainly the last.
  if (written === undefined) return length < PAGE_SIZE ? undefined : page + 1;
  if (written.trim() === "") return undefined;
  // Anything but a number means that there is no page after this one.
  return countOf(written) ?? page;
}

function countOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,9}$/.test(header.trim()) ? Number(header) : undefined;
}

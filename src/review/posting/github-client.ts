import { isRecord } from "../../model";
import { Connection, NoAnswer, secrets, serverText, SetupError, type Answer } from "../../http";
import { PostingError } from "./place";

export interface GitHubSettings {
  /** Of the REST API: `https://api.github.com`, `https://github.example.com/api/v3`. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly token: string;
}

export interface GitHubComment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly id: number } | null;
}

export interface GitHubPull {
  readonly number: number;
  readonly merged_at?: string | null;
}

export interface GitHubIssue {
  readonly number: number;
  readonly body?: string | null;
  readonly user: { readonly id: number } | null;
}

const PAGE_SIZE = 100;
/** GitHub allows no more than 2,500 comments. */
const MOST_PAGES = 30;

/** The few requests that comments on a pull request need. Sent once each: what fails, fails. */
export class GitHubClient {
  private readonly connection = new Connection();

  constructor(private readonly settings: GitHubSettings) {
    secrets.add(settings.token);
  }

  /** The number of the token's user. GraphQL, since REST tells it to people alone and not to a job's token. */
  async viewerId(): Promise<number> {
    const url = this.settings.graphqlUrl;
    const answer = await this.json("POST", url, { query: "query { viewer { databaseId } }" });
    const data = isRecord(answer) && isRecord(answer["data"]) ? answer["data"] : {};
    const viewer = isRecord(data["viewer"]) ? data["viewer"] : {};
    if (typeof viewer["databaseId"] === "number") return viewer["databaseId"];
    throw new PostingError(`POST ${url}: GitHub does not say whose token it is.`);
  }

  /** Oldest first. */
  comments(pull: string): Promise<GitHubComment[]> {
    return this.list<GitHubComment>(`${pull}/comments`, "");
  }

  /** Those that a commit came by. */
  pullsOfCommit(repository: string, sha: string): Promise<GitHubPull[]> {
    return this.list<GitHubPull>(`/repos/${repository}/commits/${sha}/pulls`, "");
  }

  /** Pull requests are among them. */
  openIssues(repository: string): Promise<GitHubIssue[]> {
    return this.list<GitHubIssue>(`/repos/${repository}/issues`, "state=open&");
  }

  /** @returns its number */
  async openIssue(repository: string, issue: { title: string; body: string }): Promise<number> {
    const url = this.url(`/repos/${repository}/issues`);
    const answer = await this.json("POST", url, issue);
    if (isRecord(answer) && typeof answer["number"] === "number") return answer["number"];
    throw new PostingError(`POST ${url}: GitHub does not say which issue it made.`);
  }

  async write(method: "POST" | "PATCH", path: string, body: string): Promise<void> {
    await this.json(method, this.url(path), { body });
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async list<T>(route: string, query: string): Promise<T[]> {
    const items: T[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const path = `${route}?${query}per_page=${PAGE_SIZE}&page=${page}`;
      const answer = await this.json("GET", this.url(path));
      if (!Array.isArray(answer)) throw new PostingError(`GET ${path}: the answer is not a list.`);
      items.push(...(answer as T[]));
      if (answer.length < PAGE_SIZE) return items;
    }
    throw new PostingError(`GET ${route}: there are more than ${MOST_PAGES * PAGE_SIZE} of them.`);
  }

  private url(path: string): string {
    return `${this.settings.apiUrl}${path}`;
  }

  private async json(method: string, url: string, body?: object): Promise<unknown> {
    const answer = await this.send(method, url, body);
    const parsed = parse(answer.text);
    if (answer.status >= 300) {
      const said = isRecord(parsed) ? String(parsed["message"] ?? "") : "no explanation";
      throw new GitHubRefusal(method, url, answer.status, serverText(said));
    }
    return parsed;
  }

  private async send(method: string, url: string, body: object | undefined): Promise<Answer> {
    const headers = {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${this.settings.token}`,
      "content-type": "application/json",
      "user-agent": "glsa",
      "x-github-api-version": "2022-11-28",
    };
    try {
      const text = body === undefined ? undefined : JSON.stringify(body);
      return await this.connection.send({ method, url, headers, body: text });
    } catch (error) {
      if (error instanceof SetupError) {
        throw new PostingError(`${method} ${url}: ${error.message}. ${error.remedy}`);
      }
      if (!(error instanceof NoAnswer)) throw error;
      const why = serverText(error.message);
      throw new PostingError(`${method} ${url}: GitHub gives no answer: ${why}.`);
    }
  }
}

export class GitHubRefusal extends Error {
  constructor(
    readonly method: string,
    readonly url: string,
    readonly status: number,
    readonly said: string,
  ) {
    super(`${method} ${url}: ${status}: ${said}`);
    this.name = "GitHubRefusal";
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

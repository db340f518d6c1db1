import type { IncomingMessage, ServerResponse } from "node:http";
import { json, scriptedServer, type ScriptedServer, type SeenRequest } from "./scripted-server";

export interface Issue {
  readonly iid: number;
  readonly title: string;
  readonly labels: string;
  readonly description: string;
  readonly notes: string[];
}

/** A GitLab that has issues, too, as far as an alarm needs them; all else the stand-in behind it answers. */
export class IssueTracker {
  readonly issues: Issue[] = [];

  private constructor(
    private readonly target: string,
    private server: ScriptedServer | undefined,
  ) {}

  static async before(target: string): Promise<IssueTracker> {
    const tracker = new IssueTracker(target, undefined);
    tracker.server = await scriptedServer((request, response) => tracker.answer(request, response));
    return tracker;
  }

  get url(): string {
    return this.server?.url ?? "";
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  private answer(request: SeenRequest, response: ServerResponse): void {
    const [, iid, notes] =
      /^\/api\/v4\/projects\/\d+\/issues(?:\/(\d+)(\/notes)?)?(?:\?|$)/.exec(request.url) ?? [];
    if (!request.url.includes("/issues")) return void this.pass(request, response);
    if (request.method === "GET") return this.list(request, response);
    if (notes === undefined) return this.create(request, response);
    const { body } = JSON.parse(request.body) as { body: string };
    this.issues.find((issue) => issue.iid === Number(iid))?.notes.push(body);
    json(response, 201, { body });
  }

  private list({ url }: SeenRequest, response: ServerResponse): void {
    const labels = new URL(url, this.target).searchParams.get("labels");
    json(
      response,
      200,
      this.issues.filter((issue) => issue.labels === labels),
    );
  }

  private create({ body }: SeenRequest, response: ServerResponse): void {
    const given = JSON.parse(body) as Pick<Issue, "title" | "labels" | "description">;
    const issue: Issue = { iid: this.issues.length + 1, notes: [], ...given };
    this.issues.push(issue);
    json(response, 201, issue);
  }

  private async pass({ method, url, headers, body }: SeenRequest, response: ServerResponse) {
    const answer = await fetch(`${this.target}${url}`, {
      method,
      headers: passedOn(headers),
      ...(body !== "" && { body }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}

/** What belongs to one connection stays there. */
function passedOn(headers: IncomingMessage["headers"]): Record<string, string> {
  const own = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "keep-alive",
    "accept-encoding",
  ];
  const entries = Object.entries(headers).filter(([name]) => !own.includes(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

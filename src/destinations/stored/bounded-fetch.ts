import { BoundedConnection, NoAnswer } from "../../http";

/** As `fetch`, over glsa's own connection: client libraries know neither its proxies nor its limits. */
export type BoundedFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** For a client library that takes a `fetch`. Throws an error of plain words where there is no answer. */
export function boundedFetch(): BoundedFetch {
  const connection = new BoundedConnection();
  return async (input, init) => {
    const request = new Request(input, bare(init));
    const body = await request.text();
    const answer = await connection.attempt({
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      body: body === "" ? undefined : body,
    });
    if (answer instanceof NoAnswer) throw new Error(`no answer: ${answer.message}`);
    const { status, headers, text } = answer;
    const flat = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    );
    const hasBody = status !== 204 && status !== 304;
    return new Response(hasBody ? text : null, { status, headers: flat });
  };
}

/** What the request itself is made of: an agent or a signal of the library's is not for this connection. */
function bare({ method, headers, body }: RequestInit = {}): RequestInit {
  return {
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
    ...(body != null && { body }),
  };
}

import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What every error says; none of its words occur in an English one. */
const SAID = "Odmowa: to już jest zajęte";

/**
 * A GitLab whose users have chosen Polish: statuses, codes and names of attributes are as they were, and no error says
 * anything that an English one would.
 */
export async function translatedGitLab(url: string): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const options = { method: request.method, headers: request.headers };
    const body = await bytesOf(request);
    const asked = forward(new URL(request.url ?? "", url), options, async (answer) => {
      const text = await bytesOf(answer);
      const status = answer.statusCode ?? 500;
      const sent = status < 400 ? text : Buffer.from(translated(text.toString()));
      const headers = { ...answer.headers, "content-length": String(sent.length) };
      delete (headers as Record<string, unknown>)["transfer-encoding"];
      response.writeHead(status, headers).end(sent);
    });
    asked.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function translated(text: string): string {
  try {
    return JSON.stringify(translateBody(JSON.parse(text)));
  } catch {
    return SAID;
  }
}

/** The codes of OAuth are for programs, and stay. */
const CODES = new Set(["invalid_token", "insufficient_scope"]);

function translateBody(value: unknown): unknown {
  if (typeof value === "string") return CODES.has(value) ? value : SAID;
  if (Array.isArray(value)) return value.map(translateBody);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, translateBody(of)]));
}

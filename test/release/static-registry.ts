import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Authority } from "./authority";

/** Files over HTTPS, as GitLab Pages or any web server gives them out. */
export async function serveFiles(folder: string, authority: Authority): Promise<Served> {
  return serve(authority, (path) => {
    const file = join(folder, path);
    return existsSync(file) && statSync(file).isFile()
      ? { content: readFileSync(file) }
      : undefined;
  });
}

interface OciIndex {
  readonly manifests: readonly {
    readonly mediaType: string;
    readonly digest: string;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

/**
 * The pull side of a registry, from an OCI layout: what one answers after the layout was copied to it.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull
 */
export async function serveRegistry(
  layout: string,
  name: string,
  authority: Authority,
): Promise<Served> {
  const blob = (digest: string) => {
    const file = join(layout, "blobs", digest.replace(":", "/"));
    return existsSync(file) ? readFileSync(file) : undefined;
  };
  const { manifests } = JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as OciIndex;
  const tags = new Map(
    manifests.map((one) => [one.annotations?.["org.opencontainers.image.ref.name"] ?? "", one]),
  );
  return serve(authority, (path) => {
    if (path === "/v2/") return { content: Buffer.from("{}") };
    if (path === `/v2/${name}/tags/list`) {
      return { content: Buffer.from(JSON.stringify({ name, tags: [...tags.keys()] })) };
    }
    const [, kind, reference = ""] =
      new RegExp(`^/v2/${name}/(manifests|blobs)/(.+)$`).exec(path) ?? [];
    const digest = tags.get(reference)?.digest ?? reference;
    const content = kind === undefined ? undefined : blob(digest);
    if (content === undefined || kind === "blobs") return content && { content, digest };
    const { mediaType } = JSON.parse(content.toString()) as { mediaType: string };
    return { content, digest, type: mediaType };
  });
}

export interface Served {
  readonly url: string;
  readonly paths: readonly string[];
  close(): void;
}

interface Answer {
  readonly content: Buffer;
  readonly type?: string;
  readonly digest?: string;
}

async function serve(
  { key, certificate }: Authority,
  answer: (path: string) => Answer | undefined,
): Promise<Served> {
  const paths: string[] = [];
  const server: Server = createServer(
    { key, cert: certificate },
    ({ url = "/", method }, response) => {
      const path = new URL(url, "https://localhost").pathname;
      paths.push(path);
      const found = answer(path);
      if (found === undefined) return response.writeHead(404).end();
      const type =
        found.type ?? (path.endsWith(".json") ? "application/json" : "application/octet-stream");
      response.writeHead(200, {
        "content-type": type,
        "content-length": found.content.length,
        ...(found.digest && { "docker-content-digest": found.digest }),
      });
      return response.end(method === "HEAD" ? undefined : found.content);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `https://localhost:${port}`, paths, close: () => server.close() };
}

import { fillIn, type Format } from "./record";

/** The attributes of a token that the formats contain. */
export interface TokenFacts {
  readonly value: string;
  readonly username: string;
  readonly tokenId: number;
  /** Null for one that never expires. */
  readonly expiresAt: string | null;
  /** Of GitLab, without a slash at the end. */
  readonly baseUrl: string;
  /** Host of GitLab's container registry, with its port; empty where no form needs it. */
  readonly registry: string;
}

/** What a destination receives. */
export interface Content {
  /** All of it as one text: where there are keys, they are a JSON object. */
  readonly text: string;
  /** By key, for destinations that have keys; absent where the form is a single text. */
  readonly entries?: Readonly<Record<string, string>>;
}

export function contentOf(format: Format, facts: TokenFacts): Content {
  const entries = entriesOf(format, facts);
  return entries === undefined
    ? { text: singleText(format, facts) }
    : { text: textOfEntries(entries), entries };
}

/** The same text for the same entries, in whatever order they come. */
export function textOfEntries(entries: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

/** Whether the form names the registry that only GitLab knows. */
export function needsRegistry({ name, url }: Format): boolean {
  return name === "dockerconfigjson" && url === null;
}

/** Whether the form names the account. */
export function needsUsername({ name, templates }: Format): boolean {
  if (name !== "json") return name !== "value";
  return Object.values(templates ?? {}).some((text) => text.includes("{username}"));
}

function entriesOf(
  { name, url, templates }: Format,
  { value, username, tokenId, expiresAt, baseUrl }: TokenFacts,
): Record<string, string> | undefined {
  switch (name) {
    case "basic_auth":
    case "flux_basic_auth":
      return { username, password: value };
    case "argocd_repository":
      return { type: "git", url: url ?? baseUrl, username, password: value };
    case "json": {
      const facts = {
        value,
        username,
        token_id: String(tokenId),
        expires_at: expiresAt ?? "",
        base_url: baseUrl,
      };
      const filled = Object.entries(templates ?? {}).map(([key, text]) => [
        key,
        fillIn(text, facts),
      ]);
      return Object.fromEntries(filled) as Record<string, string>;
    }
    default:
      return undefined;
  }
}

function singleText({ name, url }: Format, facts: TokenFacts): string {
  const { value, username, baseUrl, registry } = facts;
  const address = new URL(url ?? baseUrl);
  switch (name) {
    case "dockerconfigjson": {
      const host = url === null ? registry : address.host;
      const auth = Buffer.from(`${username}:${value}`).toString("base64");
      return JSON.stringify({ auths: { [host]: { username, password: value, auth } } });
    }
    case "netrc":
      // Its readers compare the host without a port.
      return `machine ${address.hostname}\nlogin ${username}\npassword ${value}\n`;
    case "git_credentials":
      return `${address.protocol}//${encodeURIComponent(username)}:${encodeURIComponent(value)}@${address.host}`;
    default:
      return value;
  }
}

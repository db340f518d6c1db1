import { MARK } from "../mark";
import { GROUP_PATH } from "./prepare-group";
import { REPLACED, type Json, type JsonObject } from "./recording";

/** What must not be shown. */
export interface Known {
  readonly baseUrl: string;
  readonly token: string;
  readonly user: { readonly username: string; readonly name: string; readonly email: string };
  readonly group: { readonly path: string; readonly name: string };
}

const HOST = "gitlab.example.com";
const ADDRESS = "192.0.2.1";
const PICTURE = `https://${HOST}/avatar.png`;
/** The prefix, and at least the 20 characters of the shortest values. */
const TOKEN_LIKE = /\b((?!glsa-)gl[a-z]{1,6}-|GR1348941)[A-Za-z0-9_-]{16,}(\.[A-Za-z0-9_-]+)*/g;
const URL_LIKE = /\b(https?|wss?):\/\/[^/\s"'<>]+/g;
const EMAIL_LIKE = /([A-Za-z0-9._%+-]+)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?)/g;
/** GitLab's own names for accounts and bots. */
const OF_GITLAB = /^(service_account|group|project)_|^git$/;

/** Replaces names of hosts, users and the group, and values of tokens, each by the same word everywhere. */
export class Words {
  private readonly users = new Map<string, string>();
  private readonly names = new Map<string, string>();
  /** Names that are not ordinary words. */
  private readonly hosts = new Set<string>();

  constructor(
    private readonly known: Known,
    private readonly secrets: readonly string[],
  ) {
    this.meetHost(known.baseUrl);
    this.users.set(known.user.username, "caller");
    this.names.set(known.user.name, "Caller");
  }

  /** Registers the users and objects in a response. */
  meet(body: Json): void {
    if (typeof body === "string") body.match(URL_LIKE)?.forEach((url) => this.meetHost(url));
    if (Array.isArray(body)) return body.forEach((element) => this.meet(element));
    if (typeof body !== "object" || body === null) return;
    const { username, name } = body;
    if (typeof username === "string" && !isOurs(username) && !this.users.has(username)) {
      this.users.set(username, `user-${this.users.size + 1}`);
      if (typeof name === "string") this.names.set(name, `User ${this.users.size}`);
    }
    Object.values(body).forEach((value) => this.meet(value));
  }

  cleanBody(body: Json, key = ""): Json {
    if (typeof body === "string") return this.cleanValue(key, body);
    if (Array.isArray(body)) return body.map((element) => this.cleanBody(element, key));
    if (typeof body !== "object" || body === null) return body;
    const cleaned = Object.fromEntries(
      Object.entries(body).map(([name, value]) => [name, this.cleanBody(value, name)]),
    );
    return this.withoutPerson(body, cleaned);
  }

  /** Text without token values and names of hosts. */
  withoutHosts(text: string): string {
    let cleaned = text;
    for (const secret of this.secrets) cleaned = cleaned.replaceAll(secret, REPLACED);
    cleaned = cleaned
      .replace(TOKEN_LIKE, REPLACED)
      .replace(URL_LIKE, (_url, scheme: string) => `${scheme}://${HOST}`)
      .replace(EMAIL_LIKE, (_email, local: string) => `${localPart(local)}@${HOST}`);
    for (const host of this.hosts) cleaned = cleaned.replaceAll(host, HOST);
    return cleaned;
  }

  /** Text without what must not be shown. */
  clean(text: string): string {
    const { path, name } = this.known.group;
    const cleaned = this.withoutHosts(text);
    return (cleaned.includes("/") ? cleaned.replace(segment(path), GROUP_PATH) : cleaned)
      .replace(new RegExp(`(?<=\\bgroup )${escaped(name)}$`), GROUP_PATH)
      .replace(new RegExp(`^${escaped(name)}(?= / )`), GROUP_PATH);
  }

  /** What a text still shows, in words. Undefined if nothing. */
  shownIn(text: string): string | undefined {
    if (this.secrets.some((secret) => text.includes(secret))) return "the value of a token";
    if ([...this.hosts].some((host) => text.includes(host))) return "the name of a host";
    const { email } = this.known.user;
    return email !== "" && text.includes(email) ? "the user's email address" : undefined;
  }

  private meetHost(address: string): void {
    if (!URL.canParse(address)) return;
    const { host, hostname } = new URL(address);
    for (const name of [host, hostname]) {
      if (/[.:]/.test(name) && name !== HOST) this.hosts.add(name);
    }
  }

  private cleanValue(key: string, text: string): string {
    const { path, name } = this.known.group;
    if (key === "token" || key.endsWith("_token") || this.secrets.includes(text)) return REPLACED;
    if (key === "avatar_url") return PICTURE;
    if (key === "last_used_ips" || key.endsWith("ip_address")) return ADDRESS;
    if (key === "container_registry_image_prefix") return this.clean(`https://${text}`).slice(8);
    if (key === "username") return this.users.get(text) ?? text;
    if (key === "name" && this.names.has(text)) return this.names.get(text) ?? text;
    if (key === "path" || key === "full_path") {
      if (text === path) return GROUP_PATH;
    } else if ((key === "name" || key === "full_name") && text === name) return GROUP_PATH;
    return this.clean(text);
  }

  /** Users link to their page. */
  private withoutPerson(
    { username, web_url: page }: JsonObject,
    cleaned: { [key: string]: Json },
  ): JsonObject {
    if (typeof username !== "string" || typeof page !== "string") return cleaned;
    return { ...cleaned, web_url: `https://${HOST}/${this.users.get(username) ?? username}` };
  }
}

const isOurs = (username: string): boolean => username.startsWith(MARK);

/** Generated email addresses reveal nothing. */
const localPart = (local: string): string =>
  OF_GITLAB.test(local) || local.includes(MARK) ? local : "user";

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A whole segment of a path, plain or percent-encoded. */
const segment = (path: string): RegExp =>
  new RegExp(`(?<=^|[/:]|%2F)${escaped(path)}(?=$|[/?#]|%2F)`, "gi");

import { VARIABLE_MARK } from "../mark";
import type { Json, JsonObject } from "../recording/recording";
import { bodyOf, type Incoming, type Outgoing } from "./target";

type Kind = "group" | "project" | "user" | "token";

/**
 * All writes that a run may ever send, below `/api/v4`. `:group` and `:project` are the given group and what the run
 * created in it; `:made`, `:user` and `:token` are what it created; `:self` uses a token that it created; `:key` is
 * marked.
 */
const WRITES: readonly string[] = [
  "POST groups",
  "PUT groups/:made",
  "DELETE groups/:made",
  "POST projects",
  "PUT projects/:made",
  "DELETE projects/:made",
  ...["groups/:group", "projects/:project"].flatMap((holder) => [
    `POST ${holder}/service_accounts`,
    `PATCH ${holder}/service_accounts/:user`,
    `DELETE ${holder}/service_accounts/:user`,
    `POST ${holder}/service_accounts/:user/personal_access_tokens`,
    `DELETE ${holder}/service_accounts/:user/personal_access_tokens/:token`,
    `POST ${holder}/service_accounts/:user/personal_access_tokens/:token/rotate`,
    `POST ${holder}/members`,
    `PUT ${holder}/members/:user`,
    `DELETE ${holder}/members/:user`,
    `POST ${holder}/variables`,
    `PUT ${holder}/variables/:key`,
    `DELETE ${holder}/variables/:key`,
  ]),
  "POST users/:user/personal_access_tokens",
  "DELETE personal_access_tokens/:token",
  "DELETE personal_access_tokens/:self",
  "POST personal_access_tokens/:self/rotate",
];

const kindOf: Readonly<Record<string, Kind>> = {
  groups: "group",
  projects: "project",
  users: "user",
  service_accounts: "user",
  members: "user",
  personal_access_tokens: "token",
};

/** Reads that show no objects of others. */
const neutral = new Set(["metadata", "version"]);

/** No instance has issued it. */
export const INVALID_TOKEN = "glpat-never-issued-by-anyone";

/**
 * The given group, and what the run created in it. Nothing else is ever written to, whatever the origin: the scenarios,
 * the provider or the cleaning.
 */
export class Territory {
  private readonly owned = new Set<string>();
  private readonly values = new Set<string>();

  constructor(
    readonly groupId: number,
    private readonly mark: string,
  ) {}

  own(kind: Kind, id: number): void {
    this.owned.add(`${kind} ${id}`);
  }

  /** Token values that this run created. */
  get tokenValues(): readonly string[] {
    return [...this.values];
  }

  /** Whether a request only writes to the run's own objects. */
  allows(outgoing: Outgoing): boolean {
    const { method, path } = outgoing;
    if (method === "GET" || method === "HEAD") return true;
    const segments = segmentsOf(path);
    if (path !== `/api/v4/${segments.join("/")}`) return false;
    const isListed = WRITES.some((write) => {
      const [verb, pattern = ""] = write.split(" ");
      const parts = pattern.split("/");
      return (
        verb === method &&
        parts.length === segments.length &&
        parts.every((part, at) => this.matches(part, segments[at] ?? "", outgoing, parts[at - 1]))
      );
    });
    return isListed && this.allowsBody(segments, outgoing);
  }

  /** Whether an exchange shows only the run's own objects. Only such exchanges are recorded. */
  isInside({ path, query, token }: Outgoing): boolean {
    const [first = "", id = ""] = segmentsOf(path);
    if (neutral.has(first)) return true;
    if (first === "groups" || first === "projects") return id === "" || this.holds(first, id);
    // What an account sees of itself, and what is visible to no caller.
    if (first === "user" || id === "self") return token === undefined || this.isKnown(token);
    if (first === "users") {
      return id === "" ? (query["username"] ?? "").startsWith(this.mark) : this.owns("user", id);
    }
    if (first !== "personal_access_tokens") return false;
    return id === "" ? this.owns("user", query["user_id"] ?? "") : this.owns("token", id);
  }

  /** Registers what a request has created. Returns whether it created something. */
  learn({ method, path }: Outgoing, incoming: Incoming): boolean {
    const { status } = incoming;
    const body = objectOf(bodyOf(incoming));
    if (method !== "POST" || status < 200 || status > 299 || body === undefined) return false;
    if (typeof body["token"] === "string") this.values.add(body["token"]);
    const collection = segmentsOf(path)
      .filter((segment) => segment in kindOf)
      .at(-1);
    const kind = kindOf[collection ?? ""];
    // A membership shows its user, which this request did not create.
    if (kind !== undefined && collection !== "members" && typeof body["id"] === "number") {
      this.own(kind, body["id"]);
    }
    return status === 201;
  }

  private matches(
    part: string,
    segment: string,
    { token }: Outgoing,
    collection: string | undefined,
  ): boolean {
    switch (part) {
      case ":group":
        return this.holds("groups", segment);
      case ":project":
        return this.holds("projects", segment);
      case ":made":
      case ":user":
      case ":token":
        return this.owns(kindOf[collection ?? ""], segment);
      case ":self":
        return segment === "self" && this.values.has(token ?? "");
      case ":key":
        return segment.startsWith(VARIABLE_MARK) && isKey(segment);
      default:
        return part === segment;
    }
  }

  /** What a creation names in its body. */
  private allowsBody(segments: readonly string[], { method, body }: Outgoing): boolean {
    if (method !== "POST") return true;
    const values = objectOf(body) ?? {};
    if (segments.length === 1) {
      const parent = values[segments[0] === "groups" ? "parent_id" : "namespace_id"];
      return this.holds("groups", String(parent));
    }
    switch (segments.at(-1)) {
      case "members":
        return this.owns("user", String(values["user_id"])) && values["username"] === undefined;
      case "variables": {
        const { key } = values;
        return typeof key !== "string" || key.startsWith(VARIABLE_MARK) || !isKey(key);
      }
      default:
        return true;
    }
  }

  private owns(kind: Kind | undefined, id: string): boolean {
    return kind !== undefined && this.owned.has(`${kind} ${id}`);
  }

  private holds(collection: "groups" | "projects", id: string): boolean {
    const isGiven = collection === "groups" && id === String(this.groupId);
    return isGiven || this.owns(kindOf[collection], id);
  }

  private isKnown(token: string): boolean {
    return this.values.has(token) || token === INVALID_TOKEN;
  }
}

/** GitLab accepts no others, so nothing is created. */
function isKey(text: string): boolean {
  return /^\s*[A-Za-z0-9_]+\s*$/.test(text);
}

function segmentsOf(path: string): readonly string[] {
  return path
    .replace(/^\/api\/v4\//, "")
    .split("/")
    .filter((segment) => segment !== "");
}

function objectOf(body: Json | undefined): JsonObject | undefined {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? body : undefined;
}

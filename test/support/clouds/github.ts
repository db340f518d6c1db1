import { createVerify, generateKeyPairSync, randomBytes } from "node:crypto";
import sodium from "libsodium-wrappers";
import { StandIn, type CloudReply, type CloudRequest } from "./stand-in";

interface Secret {
  readonly value: string;
  readonly visibility: string | undefined;
  readonly updatedAt: string;
}

const APP_ID = "4711";
const INSTALLATION = "99";

/**
 * Secrets and variables of GitHub's REST API. It opens the sealed boxes that it is sent.
 * @see https://docs.github.com/rest/actions/secrets
 */
export class TestGitHub extends StandIn {
  readonly token = `ghp_${randomBytes(18).toString("hex")}`;
  /** What the login may not do: `secrets` or `variables`, `read` or `write`. */
  readonly denied = new Set<string>();
  /** By path, in the clear. */
  readonly secrets = new Map<string, Secret>();
  readonly variables = new Map<string, string>();
  private readonly app = generateKeyPairSync("rsa", { modulusLength: 2048 });
  private readonly installed = new Set<string>();
  private keys: { publicKey: Uint8Array; privateKey: Uint8Array } = {
    publicKey: new Uint8Array(),
    privateKey: new Uint8Array(),
  };
  private clock = Date.parse("2026-11-29T10:00:00Z");

  static async start(): Promise<TestGitHub> {
    await sodium.ready;
    const github = new TestGitHub();
    github.keys = sodium.crypto_box_keypair();
    return github.listen();
  }

  /** For the login as an App. */
  get appEnvironment() {
    const key = this.app.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    return {
      GITHUB_APP_ID: APP_ID,
      GITHUB_APP_INSTALLATION_ID: INSTALLATION,
      GITHUB_APP_PEM_FILE: key,
    };
  }

  /** As another hand writes: nothing is noted. */
  write(path: string, value: string): void {
    this.clock += 1000;
    const updatedAt = new Date(this.clock).toISOString().replace(".000", "");
    const visibility = this.secrets.get(path)?.visibility;
    this.secrets.set(path, { value, visibility, updatedAt });
  }

  protected nameOf({ method, url }: CloudRequest): string {
    return `${method} ${url.pathname}`;
  }

  protected answer(request: CloudRequest): CloudReply {
    const { pathname } = request.url;
    if (pathname === `/app/installations/${INSTALLATION}/access_tokens`) {
      return this.install(request);
    }
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (token !== this.token && !this.installed.has(token)) {
      return { status: 401, body: { message: "Bad credentials" } };
    }
    if (!/^\/(repos\/octo-org\/charts|orgs\/octo-org)\//.test(pathname)) return notFound();
    const area = /\/variables(\/|$)/.test(pathname) ? "variables" : "secrets";
    const access = request.method === "GET" ? "read" : "write";
    if (this.denied.has(`${area} ${access}`)) {
      const message = "Resource not accessible by personal access token";
      return { status: 403, body: { message } };
    }
    return area === "variables" ? this.answerVariable(request) : this.answerSecret(request);
  }

  private install({ headers }: CloudRequest): CloudReply {
    const [head = "", claims = "", signature = ""] = (headers.authorization ?? "")
      .replace(/^Bearer /, "")
      .split(".");
    const verified = createVerify("RSA-SHA256")
      .update(`${head}.${claims}`)
      .verify(this.app.publicKey, signature, "base64url");
    const { iss, exp, iat } = JSON.parse(Buffer.from(claims, "base64url").toString() || "{}") as {
      iss?: string;
      exp?: number;
      iat?: number;
    };
    const isShort = (exp ?? Infinity) - (iat ?? 0) <= 660;
    if (!verified || iss !== APP_ID || !isShort) {
      return { status: 401, body: { message: "A JSON web token could not be decoded" } };
    }
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    this.installed.add(token);
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    return { status: 201, body: { token, expires_at } };
  }

  private answerSecret({ method, url, body }: CloudRequest): CloudReply {
    const { pathname } = url;
    const keyId = "568250167242549743";
    if (pathname.endsWith("/secrets/public-key")) {
      const key = Buffer.from(this.keys.publicKey).toString("base64");
      return { status: 200, body: { key_id: keyId, key } };
    }
    const present = this.secrets.get(pathname);
    if (method === "GET") {
      if (present === undefined) return notFound();
      const name = pathname.split("/").at(-1);
      return { status: 200, body: { name, updated_at: present.updatedAt } };
    }
    if (method === "DELETE") {
      return this.secrets.delete(pathname) ? { status: 204 } : notFound();
    }
    const given = JSON.parse(body.toString()) as Record<string, string | undefined>;
    const value = this.open(given["encrypted_value"]);
    const needsVisibility = pathname.startsWith("/orgs/") && given["visibility"] === undefined;
    if (value === undefined || given["key_id"] !== keyId || needsVisibility) {
      return { status: 422, body: { message: "Invalid request." } };
    }
    this.write(pathname, value);
    const written = this.secrets.get(pathname);
    if (written) this.secrets.set(pathname, { ...written, visibility: given["visibility"] });
    return { status: present === undefined ? 201 : 204 };
  }

  private open(sealed: string | undefined): string | undefined {
    if (sealed === undefined) return undefined;
    try {
      const { publicKey, privateKey } = this.keys;
      const box = Buffer.from(sealed, "base64");
      return sodium.to_string(sodium.crypto_box_seal_open(box, publicKey, privateKey));
    } catch {
      return undefined;
    }
  }

  private answerVariable({ method, url, body }: CloudRequest): CloudReply {
    const { pathname } = url;
    const given = body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, string>);
    if (method === "POST") {
      const path = `${pathname}/${given["name"]}`;
      if (this.variables.has(path)) return { status: 409, body: { message: "Already exists" } };
      this.variables.set(path, given["value"] ?? "");
      return { status: 201, body: {} };
    }
    const value = this.variables.get(pathname);
    if (value === undefined) return notFound();
    if (method === "PATCH") this.variables.set(pathname, given["value"] ?? value);
    if (method === "DELETE") this.variables.delete(pathname);
    if (method !== "GET") return { status: 204 };
    return { status: 200, body: { name: pathname.split("/").at(-1), value } };
  }
}

function notFound(): CloudReply {
  return { status: 404, body: { message: "Not Found" } };
}

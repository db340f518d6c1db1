import type { ValueNote } from "../delivery-note";
import type { Destination, NewValue } from "../destination";
import type { Settings } from "../record";
import { RestClient } from "../stored/rest";
import type { Content, Found, Store } from "../stored/store";
import { StoredValue } from "../stored/stored-value";
import { StoreError } from "../stored/store-error";
import { GitHubLogin, LOGIN_REMEDY } from "./login";
import { githubSecret } from "./record";
import { routesOf, type Routes } from "./routes";

type SecretSettings = Settings<typeof githubSecret.attributes>;

export function place(settings: SecretSettings): Destination {
  return new StoredValue(new GitHubStore(settings), settings);
}

interface FoundSecret extends Found {
  readonly hasNote: boolean;
}

/** Nobody reads a secret of GitHub; a variable beside it says whose it is, and when it was written. */
class GitHubStore implements Store<FoundSecret> {
  readonly label: string;
  readonly address: string;
  readonly canRestore = false;
  private readonly routes: Routes;
  private readonly client: RestClient;

  constructor(private readonly settings: SecretSettings) {
    const { base_url: url, repository, organization } = settings;
    const address = (url ?? process.env["GITHUB_API_URL"] ?? "https://api.github.com")
      .trim()
      .replace(/\/+$/, "");
    this.label = githubSecret.label(settings, String);
    this.routes = routesOf(settings);
    this.address = `github_secret ${address.toLowerCase()}${this.routes.secret.toLowerCase()}`;
    const login = new GitHubLogin(address);
    this.client = new RestClient({
      name: "GitHub",
      address,
      headers: async () => ({
        accept: "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
        authorization: `Bearer ${await login.token()}`,
      }),
      loginRemedy: LOGIN_REMEDY,
      forbiddenRemedy: ({ method, path }) =>
        `Give the login of GitHub ${method === "GET" ? "read" : "write"} access to ${path.includes("/variables") ? "variables" : "secrets"} of ${repository ?? organization}; docs/delivery-services.md has the permissions.`,
    });
  }

  async look(): Promise<FoundSecret | undefined> {
    const [secret, variable] = await Promise.all([
      this.client.find({ method: "GET", path: this.routes.secret }),
      this.client.find({ method: "GET", path: this.notePath() }),
    ]);
    if (secret === undefined) await this.refuseInvisible();
    if (secret === undefined && variable === undefined) return undefined;
    const note = variable === undefined ? undefined : String(variable["value"]);
    const writtenAt = secret === undefined ? undefined : String(secret["updated_at"]);
    const content: Content = secret === undefined ? { kind: "absent" } : { kind: "hidden" };
    return {
      note,
      hasNote: variable !== undefined,
      content: async () => content,
      evidence: async (tokenId, { tokenId: noted }: ValueNote) => {
        const notedAt = /^Written at (\S+)\. /.exec(note ?? "")?.[1];
        if (writtenAt === undefined || notedAt === undefined) return undefined;
        return notedAt === writtenAt && noted === tokenId;
      },
    };
  }

  async prepare(found: FoundSecret | undefined, claim: string): Promise<void> {
    await this.putNote(found?.note ?? claim, found?.hasNote ?? false);
    await this.client.call({ method: "GET", path: this.routes.publicKey });
    // Without a value nothing can be written; whether it might be is asked first.
    await this.client.call({ method: "PUT", path: this.routes.secret, body: {} }).then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof StoreError) || error.kind !== "422") throw error;
      },
    );
  }

  async write({ value }: NewValue, note: string, before: FoundSecret | undefined): Promise<void> {
    const { key, key_id: keyId } = await this.client.call({
      method: "GET",
      path: this.routes.publicKey,
    });
    await this.putNote(note, before?.hasNote ?? false);
    const { seal } = await import("./sdk");
    const sealed = seal(value, Buffer.from(String(key), "base64"));
    const body = {
      encrypted_value: Buffer.from(sealed).toString("base64"),
      key_id: keyId,
      ...(this.settings.organization !== null && {
        visibility: this.settings.visibility ?? "private",
      }),
    };
    await this.client.call({ method: "PUT", path: this.routes.secret, body });
    const { updated_at: at } = await this.client.call({ method: "GET", path: this.routes.secret });
    await this.putNote(`Written at ${String(at)}. ${note}`, true);
  }

  /** What was there cannot be read. */
  async restore(): Promise<void> {}

  /** There are none. */
  async applySettings(): Promise<void> {}

  async remove({ hasNote }: FoundSecret): Promise<void> {
    await this.client.find({ method: "DELETE", path: this.routes.secret });
    if (hasNote) await this.client.find({ method: "DELETE", path: this.notePath() });
  }

  private notePath(): string {
    return `${this.routes.variables}/${this.routes.note}`;
  }

  private async putNote(value: string, isThere: boolean): Promise<void> {
    const change = { method: "PATCH", path: this.notePath(), body: { value } } as const;
    if (isThere && (await this.client.find(change)) !== undefined) return;
    const { organization } = this.settings;
    const body = {
      name: this.routes.note,
      value,
      ...(organization !== null && { visibility: this.settings.visibility ?? "private" }),
    };
    try {
      const path = this.routes.variables;
      await this.client.call({ method: "POST", path, body, mayRepeat: true });
    } catch (error) {
      // An attempt whose answer was lost has made it.
      if (!(error instanceof StoreError) || error.kind !== "409") throw error;
      await this.client.call(change);
    }
  }

  /** GitHub answers 404 alike for what is not there and for what the login may not see. */
  private async refuseInvisible(): Promise<void> {
    await this.client
      .call({ method: "GET", path: this.routes.publicKey })
      .catch((error: unknown) => {
        if (!(error instanceof StoreError) || error.kind !== "404") throw error;
        throw new StoreError("GitHub does not show this place to the login", {
          remedy: "Check its name, and that the login may see secrets there.",
          isLocal: true,
        });
      });
  }
}

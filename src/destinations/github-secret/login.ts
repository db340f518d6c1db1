import { createSign } from "node:crypto";
import { secrets } from "../../http";
import { RestClient } from "../stored/rest";
import { StoreError } from "../stored/store-error";

export const LOGIN_REMEDY =
  "Set GITHUB_TOKEN (or GH_TOKEN); or, for a GitHub App, GITHUB_APP_ID, GITHUB_APP_INSTALLATION_ID and GITHUB_APP_PEM_FILE (the key itself).";

/** Seconds before its end at which a login is made anew. */
const MARGIN = 120;

interface App {
  readonly id: string;
  readonly installation: string;
  readonly key: string;
}

interface Installed {
  readonly token: string;
  /** In seconds. */
  readonly until: number;
}

/** One for all destinations of an App at a GitHub. */
const installed = new Map<string, Promise<Installed>>();

/** A token of the environment, or one that is made for an installation of a GitHub App. */
export class GitHubLogin {
  constructor(private readonly address: string) {}

  async token(): Promise<string> {
    const given = process.env["GITHUB_TOKEN"]?.trim() || process.env["GH_TOKEN"]?.trim();
    if (given) {
      secrets.add(given);
      return given;
    }
    const app = appOf(process.env);
    const key = JSON.stringify([this.address, app.id, app.installation]);
    // Nothing is waited for where there is none yet, so that two who ask at once share one.
    const known = installed.get(key);
    const present = known === undefined ? undefined : await known;
    if (present !== undefined && present.until > Date.now() / 1000 + MARGIN) return present.token;
    const made = this.install(app);
    installed.set(key, made);
    made.catch(() => installed.delete(key));
    return (await made).token;
  }

  /** @see https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app */
  private async install(app: App): Promise<Installed> {
    const jwt = signed(app);
    secrets.add(app.key, jwt);
    const client = new RestClient({
      name: "GitHub",
      address: this.address,
      headers: async () => ({ authorization: `Bearer ${jwt}` }),
      loginRemedy: LOGIN_REMEDY,
      forbiddenRemedy: () => LOGIN_REMEDY,
    });
    const path = `/app/installations/${encodeURIComponent(app.installation)}/access_tokens`;
    // A second one does no harm: each ends within the hour.
    const { token, expires_at: end } = await client.call({ method: "POST", path, mayRepeat: true });
    secrets.add(String(token));
    return { token: String(token), until: Date.parse(String(end)) / 1000 };
  }
}

function appOf(environment: NodeJS.ProcessEnv): App {
  const { GITHUB_APP_ID: id, GITHUB_APP_INSTALLATION_ID: installation } = environment;
  const key = environment["GITHUB_APP_PEM_FILE"]?.replaceAll("\\n", "\n");
  if (id && installation && key) return { id, installation, key };
  throw new StoreError("there is nothing to log in to GitHub with", {
    remedy: LOGIN_REMEDY,
    isLocal: true,
  });
}

function signed({ id, key }: App): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { iat: now - 60, exp: now + 540, iss: id },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  try {
    const signature = createSign("RSA-SHA256").update(parts.join(".")).sign(key, "base64url");
    return `${parts.join(".")}.${signature}`;
  } catch {
    throw new StoreError("GITHUB_APP_PEM_FILE holds no private key", {
      remedy: "Set it to the text of the PEM file that GitHub made for the App.",
      isLocal: true,
    });
  }
}

import { secrets, serverText } from "../../http";
import { boundedFetch } from "../stored/bounded-fetch";
import { StoreError } from "../stored/store-error";

export const LOGIN_REMEDY =
  "Log in with `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to the file of a workload identity pool or a service account.";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/** What Google's own chain looks at: another environment may be another login. */
const CHAIN = ["GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "HOME", "APPDATA"];

interface Login {
  getRequestHeaders(): Promise<Headers>;
}

/** One for each login of this process: 500 secrets ask for one token. */
const known = new Map<string, Promise<Login>>();

/** Headers of a request to Google. The login is found as every client of Google's finds it, and nowhere else. */
export async function googleHeaders(project: string): Promise<Readonly<Record<string, string>>> {
  try {
    const headers = await (await login(project)).getRequestHeaders();
    const authorization = headers.get("authorization") ?? "";
    secrets.add(authorization.replace(/^Bearer /, ""));
    return Object.fromEntries(headers);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new StoreError(`there is no login at Google: ${serverText(words)}`, {
      remedy: LOGIN_REMEDY,
      isLocal: true,
    });
  }
}

function login(project: string): Promise<Login> {
  const key = JSON.stringify(CHAIN.map((name) => process.env[name]));
  const present = known.get(key);
  if (present !== undefined) return present;
  const made = find(project);
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}

async function find(projectId: string): Promise<Login> {
  const { GoogleAuth } = await import("./sdk");
  const transporterOptions = { fetchImplementation: boundedFetch() };
  // Without a project the library looks for one, for which logins of workloads need a permission of their own.
  const auth = new GoogleAuth({ scopes: SCOPE, projectId, clientOptions: { transporterOptions } });
  const client = await auth.getClient();
  sendThroughOwnConnection(client);
  return client;
}

/** The exchange of a workload's identity takes no transporter from outside, as everything else there does. */
function sendThroughOwnConnection(client: object): void {
  const { transporter, stsCredential } = client as {
    readonly transporter?: unknown;
    readonly stsCredential?: { transporter: unknown };
  };
  if (stsCredential !== undefined) stsCredential.transporter = transporter;
}

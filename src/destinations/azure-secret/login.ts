import type { HttpClient } from "@azure/core-rest-pipeline";
import { BoundedConnection, NoAnswer, secrets, serverText } from "../../http";
import { StoreError } from "../stored/store-error";
import type * as sdk from "./sdk";

export const LOGIN_REMEDY =
  "Log in with `az login`, or set AZURE_CLIENT_ID and AZURE_TENANT_ID with AZURE_FEDERATED_TOKEN_FILE (or AZURE_CLIENT_SECRET) for the apply.";

/** What Azure's own chain looks at: another environment may be another login. */
const CHAIN = /^(AZURE_|IDENTITY_|MSI_|IMDS_|HOME$)/;
/** Milliseconds before its end at which a token is asked for anew. */
const MARGIN = 300_000;

interface Token {
  readonly token: string;
  readonly expiresOnTimestamp: number;
}

/** One for each login and service of this process: 500 secrets ask for one token. */
const known = new Map<string, Promise<Token>>();

/** A token for a service at Azure. The login is found as every client of Azure's finds it, and nowhere else. */
export async function azureToken(scope: string): Promise<string> {
  const environment = Object.entries(process.env).filter(([name]) => CHAIN.test(name));
  const key = JSON.stringify([scope, environment]);
  const asked = known.get(key);
  const present = asked === undefined ? undefined : await asked;
  if (present !== undefined && present.expiresOnTimestamp > Date.now() + MARGIN) {
    return present.token;
  }
  // Nothing is waited for where there is none yet, so that two who ask at once share one.
  const made = known.get(key) === asked ? ask(scope) : (known.get(key) ?? ask(scope));
  known.set(key, made);
  made.catch(() => known.delete(key));
  return (await made).token;
}

async function ask(scope: string): Promise<Token> {
  const library = await import("./sdk");
  try {
    const httpClient = ownConnection(library);
    const found = await new library.DefaultAzureCredential({ httpClient }).getToken(scope);
    secrets.add(found.token);
    return found;
  } catch (error) {
    // The first line names the chain, and each further one what a part of it lacks.
    const words = error instanceof Error ? error.message : String(error);
    throw new StoreError(`there is no login at Azure: ${serverText(words)}`, {
      remedy: LOGIN_REMEDY,
      isLocal: true,
    });
  }
}

/** Sends what Azure's library asks as glsa sends everything. */
function ownConnection({ createHttpHeaders }: typeof sdk): HttpClient {
  const connection = new BoundedConnection();
  return {
    async sendRequest(request) {
      const { method, url, body } = request;
      const headers = request.headers.toJSON();
      const text = typeof body === "string" ? body : undefined;
      const answer = await connection.attempt({ method, url, headers, body: text });
      if (answer instanceof NoAnswer) throw new Error(`no answer: ${answer.message}`);
      const flat = Object.entries(answer.headers).map(
        ([name, value]) => [name, [value ?? []].flat().join(", ")] as const,
      );
      return {
        request,
        status: answer.status,
        headers: createHttpHeaders(Object.fromEntries(flat)),
        bodyAsText: answer.text,
      };
    },
  };
}

import { Connection, NoAnswer, SetupError } from "../http";
import { isSameInstance } from "../model";
import { filesOf, isPattern } from "./glob";
import { readInput } from "./read-input";
import { CodedError } from "../model/code";

/** A state or plan as it was read. */
export interface ReadState {
  /** For messages and reports: without credentials and query. */
  readonly name: string;
  readonly text: string;
}

/** Where addresses are asked, and with what. */
export interface StateAccess {
  /** The GitLab whose token this is: states that it keeps itself are asked for with it. */
  readonly gitlab: { readonly baseUrl: string; readonly token: string } | undefined;
  readonly caFile: string | undefined;
}

/**
 * States and plans by path, pattern, address or `-`.
 * @throws where one cannot be read, or a pattern names nothing: what is missing must not pass for undeclared
 */
export async function readStates(
  sources: readonly string[],
  access: StateAccess,
): Promise<ReadState[]> {
  const names = sources.flatMap((source) => (isUrl(source) ? [source] : pathsOf(source)));
  return Promise.all(
    [...new Set(names)].map(async (source) =>
      isUrl(source)
        ? { name: shownUrl(source), text: await download(source, access) }
        : { name: source, text: await readInput(source) },
    ),
  );
}

function pathsOf(source: string): string[] {
  if (!isPattern(source)) return [source];
  const files = filesOf(source);
  if (files.length === 0) throw new CodedError("missing-input", `--state ${source} names no file.`);
  return files;
}

function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

function shownUrl(source: string): string {
  const { origin, pathname } = new URL(source);
  return `${origin}${pathname}`;
}

async function download(source: string, access: StateAccess): Promise<string> {
  const name = shownUrl(source);
  const { caFile } = access;
  const connection = new Connection({
    ...(caFile !== undefined && { certificates: { path: caFile, setting: "--ca-file" } }),
  });
  try {
    const request = { method: "GET", url: withoutUser(source), body: undefined };
    const answer = await connection.send({ ...request, headers: headersFor(source, access) });
    if (answer.status === 200) return answer.text;
    throw new CodedError(
      "unreadable-input",
      `${name} cannot be read: it returned ${answer.status}. ${remedyFor(answer.status)}`,
    );
  } catch (failure) {
    const isKnown = failure instanceof NoAnswer || failure instanceof SetupError;
    throw isKnown
      ? new CodedError("unreadable-input", `${name} cannot be read: ${failure.message}.`)
      : failure;
  } finally {
    await connection.close();
  }
}

function remedyFor(status: number): string {
  if (status === 401 || status === 403 || status === 404) {
    return "A state that the audited GitLab keeps is read with GITLAB_TOKEN, whose user needs the role Developer in its project; another one with TF_HTTP_USERNAME and TF_HTTP_PASSWORD.";
  }
  if (status === 204) return "There is no state yet.";
  return "Give the address of the state itself.";
}

/** The token goes to no other server than its own. */
function headersFor(source: string, { gitlab }: StateAccess): Readonly<Record<string, string>> {
  const url = new URL(source);
  const { origin, username, password } = url;
  if (username !== "") return basic(decodeURIComponent(username), decodeURIComponent(password));
  const isOwn =
    gitlab !== undefined &&
    new URL(gitlab.baseUrl).protocol === url.protocol &&
    isSameInstance(new URL(gitlab.baseUrl).origin, origin);
  if (isOwn) return { "private-token": gitlab.token };
  const { TF_HTTP_USERNAME: user, TF_HTTP_PASSWORD: secret } = process.env;
  return user && secret ? basic(user, secret) : {};
}

function basic(user: string, password: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}

function withoutUser(source: string): string {
  const url = new URL(source);
  url.username = "";
  url.password = "";
  return url.toString();
}

import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { answerControl, controlPrefix } from "../control/answer";
import type { Controls } from "../control/controls";
import type { FaultEffect } from "../control/faults";
import { parseBody, parsePairs, readBody } from "./body";
import { dispatch, type Dispatched } from "./dispatch";
import { ApiError } from "./errors";
import { queryWithoutSecrets } from "./request-log";
import { routeName } from "./route";
import type { Match } from "./router";
import { send } from "./send-reply";

/** A request line taken apart. */
interface Target {
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

/** The listener of the whole stand-in: control calls and the API. */
export function requestListener(controls: Controls): RequestListener {
  return (request, response) => {
    const target = readTarget(request);
    const serve = target.path.startsWith(controlPrefix) ? serveControl : serveApi;
    serve(controls, target, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  };
}

function readTarget({ method = "GET", url = "/" }: IncomingMessage): Target {
  const mark = url.indexOf("?");
  if (mark === -1) return { method, path: url, query: "" };
  return { method, path: url.slice(0, mark), query: url.slice(mark + 1) };
}

async function serveControl(
  controls: Controls,
  { method, path }: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = answerControl(controls, method, path, await readBody(request));
  send(controls.clock, request, response, reply);
}

async function serveApi(
  controls: Controls,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const match = controls.router.match(target.method, target.path);
  const effects = controls.faults.effectsOn(match.kind === "found" ? routeName(match.route) : "");
  const pause = effects.reduce(
    (sum, effect) => (effect.kind === "delay" ? sum + effect.ms : sum),
    controls.latency,
  );
  if (pause > 0) await wait(pause);
  const body = await readBodyOrRefusal(request);
  const isCut = (kind: FaultEffect["kind"]) => effects.some((effect) => effect.kind === kind);
  if (isCut("cut_before")) {
    note(controls, target, match, { status: null, user: null });
    request.socket.destroy();
    return;
  }
  const { reply, user } = forcedReply(effects) ?? answer(controls, target, request, match, body);
  if (isCut("cut_after")) {
    note(controls, target, match, { status: null, user });
    request.socket.destroy();
    return;
  }
  note(controls, target, match, { status: reply.status, user });
  send(controls.clock, request, response, reply, started);
}

function note(
  controls: Controls,
  { method, path, query }: Target,
  match: Match,
  outcome: { readonly status: number | null; readonly user: string | null },
): void {
  const route = match.kind === "found" ? match.route.path : null;
  controls.log.add({ method, path, query: queryWithoutSecrets(query), route, ...outcome });
}

function forcedReply(effects: readonly FaultEffect[]): Dispatched | undefined {
  const effect = effects.find((candidate) => candidate.kind === "status");
  if (effect === undefined) return undefined;
  const { status, body = { message: `${status} forced` }, headers } = effect;
  return { reply: { status, body: status === 204 ? undefined : body, headers }, user: null };
}

async function readBodyOrRefusal(request: IncomingMessage): Promise<string | ApiError> {
  try {
    return await readBody(request);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function answer(
  controls: Controls,
  { method, path, query }: Target,
  request: IncomingMessage,
  match: Match,
  rawBody: string | ApiError,
): Dispatched {
  try {
    if (rawBody instanceof ApiError) throw rawBody;
    const keepsBody = match.kind === "found" && match.route.rawBody;
    const incoming = {
      method,
      path,
      query: parsePairs(query),
      body: keepsBody ? {} : parseBody(rawBody, request.headers["content-type"] ?? ""),
      rawBody,
      headers: request.headers,
      ip: request.socket.remoteAddress ?? "127.0.0.1",
    };
    return dispatch(controls.instance, controls.throttle, incoming, match);
  } catch (error) {
    if (error instanceof ApiError) return { reply: error.reply, user: null };
    throw error;
  }
}

import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { queryWithoutSecrets } from "../auth/token-parameters";
import { answerControl, controlPrefix } from "../control/answer";
import { SandboxControl } from "../control/control";
import type { Controls } from "../control/controls";
import type { FaultEffect } from "../control/faults";
import { drawLatency } from "../control/latency";
import { eventsPath, streamRequests } from "../page/events";
import { publicPage } from "../page/public-pages";
import { bodyParameters, parsePairs, readBody } from "./body";
import { corsHeaders, preflight } from "./cors";
import { dispatch, type Dispatched } from "./dispatch";
import type { Incoming } from "./call";
import { ApiError } from "./errors";
import { addressTooLong, bodyTooLarge } from "./proxy";
import { routeName } from "./route";
import type { Match } from "./router";
import { send } from "./send-reply";

/** A parsed request line. */
interface Target {
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

/** The listener of the whole stand-in: control calls and the API. */
export function requestListener(controls: Controls): RequestListener {
  return (request, response) => {
    const target = readTarget(request);
    const page = publicPage(target.method, target.path);
    if (page !== undefined) {
      send(controls.clock, request, response, page);
      return;
    }
    if (target.path === eventsPath && target.method === "GET") {
      streamRequests(controls.log, controls.clock, response);
      return;
    }
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
  const body = await readBody(request);
  const reply = answerControl(new SandboxControl(controls), method, path, body?.toString());
  if (method !== "GET") controls.onChange();
  send(controls.clock, request, response, reply);
}

async function serveApi(
  controls: Controls,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const early =
    addressTooLong(target.method, request.url ?? "")?.reply ??
    preflight(target.method, request.headers);
  if (early !== undefined) {
    send(controls.clock, request, response, early, started);
    return;
  }
  const match = controls.router.match(target.method, target.path, target.query);
  const effects = controls.faults.effectsOn(match.kind === "found" ? routeName(match.route) : "");
  const pause = effects.reduce(
    (sum, effect) => (effect.kind === "delay" ? sum + effect.ms : sum),
    drawLatency(controls.latency),
  );
  if (pause > 0) await wait(pause);
  const takesFile = match.kind === "found" && match.route.takesFile === true;
  const incoming = await readIncoming(target, request, takesFile);
  const isCut = (kind: FaultEffect["kind"]) => effects.some((effect) => effect.kind === kind);
  if (isCut("cut_before")) {
    note(controls, target, match, { status: null, user: null });
    request.socket.destroy();
    return;
  }
  if (match.kind === "found") await match.route.prepare?.();
  const forced = forcedReply(effects);
  const { reply: answer, user } =
    forced ?? dispatch(controls.instance, controls.throttle, incoming, match);
  const reply = forced ? answer : controls.lag.apply(target.method, target.path, answer);
  if (target.method !== "GET") controls.onChange();
  if (isCut("cut_after")) {
    note(controls, target, match, { status: null, user });
    request.socket.destroy();
    return;
  }
  note(controls, target, match, { status: reply.status, user });
  const headers = { ...reply.headers, ...corsHeaders(request.headers) };
  send(controls.clock, request, response, { ...reply, headers }, started);
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
  const { status, body = { message: `${status} forced` }, text: content, headers } = effect;
  if (content !== undefined) {
    const text = { type: headers?.["Content-Type"] ?? "text/plain", content };
    return { reply: { status, text, headers }, user: null };
  }
  return { reply: { status, body: status === 204 ? undefined : body, headers }, user: null };
}

async function readIncoming(
  { method, path, query }: Target,
  request: IncomingMessage,
  takesFile: boolean,
): Promise<Incoming> {
  const { headers, socket } = request;
  const raw = await readBody(request);
  const incoming = {
    method,
    path,
    queryString: query,
    query: parsePairs(query),
    body: {},
    rawBody: raw?.toString() ?? "",
    bytes: raw ?? Buffer.alloc(0),
    headers,
    ip: socket.remoteAddress ?? "127.0.0.1",
  };
  try {
    if (raw === undefined) throw bodyTooLarge();
    if (takesFile) return incoming;
    const body = await bodyParameters(method, raw, headers["content-type"] ?? "");
    return { ...incoming, body };
  } catch (error) {
    if (error instanceof ApiError) return { ...incoming, refusal: error };
    throw error;
  }
}

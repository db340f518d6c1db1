import { accessLevels } from "../auth/access";
import type { Call } from "../http/call";
import { ApiError, failure } from "../http/errors";
import type { Reply } from "../http/reply";
import { route, type Method } from "../http/route";
import type { TerraformState } from "../state/rows";
import { findProject, requireRole } from "./find";

const path = "/projects/:id/terraform/state/:name";

function projectId(call: Call, level: number): number {
  const { id } = findProject(call);
  requireRole(call, { type: "project", id }, level);
  return id;
}

function findState(call: Call, id: number): TerraformState | undefined {
  return call.instance.store.terraformStatesByName.first(`${id}:${call.path["name"] ?? ""}`);
}

function findOrCreateState(call: Call, id: number): TerraformState {
  const { terraformStates } = call.instance.store;
  const name = call.path["name"] ?? "";
  return (
    findState(call, id) ??
    terraformStates.insert({ project_id: id, name, serial: 0, content: null, lock: null })
  );
}

/** An empty answer, which Terraform expects as such. */
function empty(status: number): Reply {
  return { status, text: { type: "application/json", content: "" } };
}

function jsonBody(call: Call): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(call.incoming.rawBody);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Refused below, like every body that is no object.
  }
  throw failure(400, "400 Bad request");
}

/** Refuses whoever does not hold the lock, and shows who does. */
function requireLock(state: TerraformState, lockId: unknown): void {
  if (state.lock?.["ID"] === lockId) return;
  throw new ApiError({ status: 409, body: state.lock ?? {} });
}

function lock(call: Call): Reply {
  const state = findOrCreateState(call, projectId(call, accessLevels.maintainer));
  requireLock(state, undefined);
  call.instance.store.terraformStates.update(state, { lock: jsonBody(call) });
  return empty(200);
}

function unlock(call: Call): Reply {
  const state = findState(call, projectId(call, accessLevels.maintainer));
  if (state === undefined) throw failure(404, "404 Not found");
  // Without an id the lock is broken by force.
  const { rawBody, query } = call.incoming;
  const id = query["ID"] ?? (rawBody === "" ? undefined : jsonBody(call)["ID"]);
  if (id !== undefined) requireLock(state, id);
  call.instance.store.terraformStates.update(state, { lock: null });
  return empty(200);
}

function save(call: Call): Reply {
  const state = findOrCreateState(call, projectId(call, accessLevels.maintainer));
  requireLock(state, call.incoming.query["ID"]);
  const { serial } = jsonBody(call);
  call.instance.store.terraformStates.update(state, {
    content: call.incoming.rawBody,
    serial: typeof serial === "number" ? serial : state.serial + 1,
  });
  return empty(200);
}

const stateRoute = (method: Method, suffix: string, handle: (call: Call) => Reply) =>
  route({ method, path: path + suffix, rawBody: true, handle });

/** Terraform's HTTP backend, with locking. */
export const terraformStateRoutes = [
  stateRoute("GET", "", (call) => {
    const state = findState(call, projectId(call, accessLevels.developer));
    if (state === undefined) throw failure(404, "404 Not found");
    if (state.content === null) return { status: 204 };
    return { status: 200, text: { type: "application/octet-stream", content: state.content } };
  }),
  stateRoute("POST", "", save),
  stateRoute("DELETE", "", (call) => {
    const state = findState(call, projectId(call, accessLevels.maintainer));
    if (state === undefined) throw failure(404, "404 Not found");
    call.instance.store.terraformStates.delete(state);
    return empty(200);
  }),
  stateRoute("POST", "/lock", lock),
  stateRoute("DELETE", "/lock", unlock),
];

import { accessLevels } from "../auth/access";
import type { Call } from "../http/call";
import { ApiError, failure, notFound, recordNotFound } from "../http/errors";
import type { Reply } from "../http/reply";
import { route, type Method } from "../http/route";
import type { ParamsOf } from "../params/read";
import { integer, required, string } from "../params/types";
import type { Shape } from "../params/read";
import type { TerraformState, TerraformStateVersion } from "../state/rows";
import { findProject, requireRole } from "./find";

const path = "/projects/:id/terraform/state/:name";

function projectId(call: Call, level: number): number {
  const { id } = findProject(call);
  requireRole(call, { type: "project", id }, level);
  return id;
}

function stateOf(call: Call, id: number): TerraformState | undefined {
  return call.instance.store.terraformStatesByName.first(`${id}:${call.path["name"] ?? ""}`);
}

function existingState(call: Call, level: number): TerraformState {
  const state = stateOf(call, projectId(call, level));
  if (state === undefined) throw recordNotFound();
  return state;
}

function stateToWrite(call: Call): TerraformState {
  const id = projectId(call, accessLevels.maintainer);
  const name = call.path["name"] ?? "";
  const { terraformStates } = call.instance.store;
  return (
    stateOf(call, id) ?? terraformStates.insert({ project_id: id, name, versions: [], lock: null })
  );
}

/** An empty response, which Terraform expects as such. */
function empty(status: number): Reply {
  return { status, text: { type: "application/json", content: "" } };
}

/** Refuses callers that do not hold the lock, and shows the holder. */
function requireLock({ lock }: TerraformState, id: string | undefined): void {
  if (lock?.ID !== id) throw new ApiError({ status: 409, body: lock ?? {} });
}

const lockParams = {
  ID: required(string()),
  Operation: string(),
  Info: string(),
  Version: string(),
  Path: string(),
};

function lock(call: Call, { ID, ...details }: ParamsOf<typeof lockParams>): Reply {
  const { instance, caller } = call;
  const state = stateToWrite(call);
  requireLock(state, undefined);
  const { Operation = "", Info = "", Version = "", Path = "" } = details;
  const holder = { ID, Who: caller.user.username, Created: instance.clock.now() };
  const info = { Operation, Info, Version, Path, ...holder };
  instance.store.terraformStates.update(state, { lock: info });
  return { status: 200, body: info };
}

function unlock(call: Call, { ID }: { ID?: string }): Reply {
  const state = existingState(call, accessLevels.maintainer);
  // Without an id the lock is broken by force.
  if (ID !== undefined) requireLock(state, ID);
  call.instance.store.terraformStates.update(state, { lock: null });
  return empty(200);
}

function save(call: Call, { ID, serial }: { ID?: string; serial?: number }): Reply {
  const { terraformStates } = call.instance.store;
  const content = call.incoming.rawBody;
  projectId(call, accessLevels.maintainer);
  if (content === "") return { status: 204 };
  const state = stateToWrite(call);
  requireLock(state, ID);
  const version = serial ?? (latest(state)?.serial ?? 0) + 1;
  if (state.versions.some((known) => known.serial === version)) {
    throw failure(422, duplicateSerial(state, version));
  }
  const versions = [...state.versions, { serial: version, content }];
  terraformStates.update(state, { versions });
  return empty(200);
}

/** The database's own text, which GitLab passes on. */
function duplicateSerial({ id }: TerraformState, serial: number): string {
  const index = "index_terraform_state_versions_on_state_id_and_version";
  return `PG::UniqueViolation: ERROR:  duplicate key value violates unique constraint "${index}"\nDETAIL:  Key (terraform_state_id, version)=(${id}, ${serial}) already exists.\n`;
}

/** The version with the highest serial, whenever it was written. */
function latest({ versions }: TerraformState) {
  return versions.toSorted((a, b) => a.serial - b.serial).at(-1);
}

function stateRoute<const S extends Shape>(
  method: Method,
  suffix: string,
  params: S,
  handle: (call: Call, params: ParamsOf<S>) => Reply,
) {
  const passwords = { basicAuth: true, jobToken: ["password"] } as const;
  return route({ method, path: path + suffix, ...passwords, params, handle });
}

const versionParams = { serial: required(integer()) };

/** One version of a state, not necessarily the latest. */
function versionOf(state: TerraformState, wanted: number): TerraformStateVersion {
  const version = state.versions.find(({ serial }) => serial === wanted);
  if (version === undefined) throw notFound();
  return version;
}

function file({ content }: TerraformStateVersion): Reply {
  return { status: 200, text: { type: "application/octet-stream", content } };
}

/** Terraform's HTTP backend, with locking. */
export const terraformStateRoutes = [
  stateRoute("GET", "", {}, (call) => {
    const version = latest(existingState(call, accessLevels.developer));
    if (version === undefined) return { status: 204 };
    return file(version);
  }),
  stateRoute("POST", "", { ID: string(), serial: integer() }, save),
  stateRoute("DELETE", "", {}, (call) => {
    call.instance.store.terraformStates.delete(existingState(call, accessLevels.maintainer));
    return empty(200);
  }),
  stateRoute("POST", "/lock", lockParams, lock),
  stateRoute("DELETE", "/lock", { ID: string() }, unlock),
  stateRoute("GET", "/versions/:serial", versionParams, (call, { serial }) =>
    file(versionOf(existingState(call, accessLevels.developer), serial)),
  ),
  stateRoute("DELETE", "/versions/:serial", versionParams, (call, { serial }) => {
    const state = existingState(call, accessLevels.maintainer);
    const gone = versionOf(state, serial);
    const versions = state.versions.filter((version) => version !== gone);
    call.instance.store.terraformStates.update(state, { versions });
    return { status: 204 };
  }),
];

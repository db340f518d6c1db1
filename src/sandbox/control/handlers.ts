import type { SandboxControl } from "./control";
import { ControlError, readFaults, readLatency, readLimits, readPreset, readState } from "./read";
import type { ControlBody } from "./read";

type Handler = (control: SandboxControl, body: ControlBody) => unknown;

function setClock(control: SandboxControl, { advance, set }: ControlBody) {
  const now = typeof set === "string" ? control.setClock(set) : control.advanceClock(text(advance));
  return { now };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function installFaults(control: SandboxControl, body: ControlBody) {
  control.installFaults(...readFaults(body));
  return { faults: control.faults() };
}

function setLatency(control: SandboxControl, body: ControlBody) {
  const latency = readLatency(body);
  control.setLatency(latency);
  return latency;
}

function setLag(control: SandboxControl, { ms }: ControlBody) {
  if (typeof ms !== "number" || !(ms >= 0)) throw new ControlError('lag takes {"ms":<number>}');
  control.setReplicationLag(ms);
  return { ms };
}

function setLimits(control: SandboxControl, body: ControlBody) {
  control.setLimits(readLimits(body));
  return control.limits();
}

function loadState(control: SandboxControl, body: ControlBody) {
  control.loadState(readState(body));
  return { now: control.now() };
}

function setDeletion(control: SandboxControl, { delay }: ControlBody) {
  if (delay !== null && typeof delay !== "string") {
    throw new ControlError('deletion takes {"delay":"PT10M"} or {"delay":null}');
  }
  control.setDeletionDelay(delay);
  return { delay };
}

function steerJob(control: SandboxControl, { project, user, finish }: ControlBody) {
  const isName = (value: unknown): value is string | number =>
    typeof value === "string" || typeof value === "number";
  if (typeof finish === "number") return control.finishJob(finish);
  if (isName(project) && isName(user)) return control.startJob(project, user);
  throw new ControlError('job takes {"project":"g/p","user":"ada"} or {"finish":<id>}');
}

/** Control calls by method and name, below `/-/sandbox/`. */
export const controlHandlers: Readonly<Record<string, Handler>> = {
  "GET requests": (control) => control.requests(),
  "DELETE requests": (control) => control.clearRequests(),
  "GET clock": (control) => ({ now: control.now() }),
  "POST clock": setClock,
  "POST reset": (control) => control.reset(),
  "POST latency": setLatency,
  "GET faults": (control) => ({ faults: control.faults() }),
  "POST faults": installFaults,
  "DELETE faults": (control) => control.clearFaults(),
  "POST preset": (control, body) => control.usePreset(readPreset(body)),
  "POST lag": setLag,
  "GET overview": (control) => control.overview(),
  "GET limits": (control) => control.limits(),
  "POST limits": setLimits,
  "GET state": (control) => control.state(),
  "POST state": loadState,
  "POST deletion": setDeletion,
  "POST job": steerJob,
  "POST purge": (control) => ({ purged: control.purge() }),
};

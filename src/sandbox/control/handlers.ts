import { parseDuration } from "../clock";
import { purgeDeletedUsers } from "../rules/delete-user";
import { Store, type StoreDump } from "../state/store";
import type { Controls } from "./controls";
import { readFaults } from "./faults";

type Body = Readonly<Record<string, unknown>>;
type Handler = (controls: Controls, body: Body) => unknown;

/** What a control call is refused with. */
export class ControlError extends Error {}

function setClock({ clock }: Controls, { advance, set }: Body) {
  if (typeof set === "string" && !Number.isNaN(Date.parse(set))) clock.set(set);
  else clock.advance(duration(advance, 'a clock takes {"advance":"P30D"} or {"set":"<instant>"}'));
  return { now: clock.now() };
}

function duration(value: unknown, explanation: string): number {
  const milliseconds = typeof value === "string" ? parseDuration(value) : undefined;
  if (milliseconds === undefined) throw new ControlError(explanation);
  return milliseconds;
}

function setLatency(controls: Controls, { ms }: Body) {
  if (typeof ms !== "number" || !(ms >= 0)) throw new ControlError('latency takes {"ms":<number>}');
  controls.latency = ms;
  return { ms };
}

function installFaults({ faults, router }: Controls, body: Body) {
  const read = readFaults(body["faults"], (name) => router.has(name));
  if (read === undefined) {
    throw new ControlError('faults take {"faults":[{"route","nth","times","effect"}]}');
  }
  faults.install(read);
  return { faults: faults.list() };
}

function setLimits({ throttle, instance }: Controls, body: Body) {
  const { throttle: rule, service_account_creation: creation } = body;
  if (rule !== undefined) throttle.rule = rule === null ? null : throttleRule(rule);
  if (creation !== undefined) {
    if (creation !== null && typeof creation !== "number") {
      throw new ControlError("service_account_creation is a number or null");
    }
    instance.limits.serviceAccountCreation = creation;
  }
  const { serviceAccountCreation: service_account_creation } = instance.limits;
  return { throttle: throttle.rule, service_account_creation };
}

function throttleRule(value: unknown) {
  const { requests, period_seconds } = (value ?? {}) as Record<string, unknown>;
  if (typeof requests !== "number" || typeof period_seconds !== "number" || period_seconds <= 0) {
    throw new ControlError('throttle takes {"requests":<number>,"period_seconds":<number>}');
  }
  return { requests, period_seconds };
}

function dumpState({ clock, instance }: Controls) {
  return { now: clock.now(), ...instance.store.dump() };
}

function loadState(controls: Controls, body: Body) {
  const { now, ...dump } = body;
  if (typeof now !== "string" || typeof dump["users"] !== "object") {
    throw new ControlError("a state is what GET state answered");
  }
  controls.replaceStore(Store.load(dump as unknown as StoreDump));
  controls.clock.set(now);
  return { now: controls.clock.now() };
}

function setDeletion({ instance }: Controls, { delay }: Body) {
  instance.deletionDelay =
    delay === null ? null : duration(delay, 'deletion takes {"delay":"PT10M"} or {"delay":null}');
  return { delay };
}

/** Control calls by method and name, below `/-/sandbox/`. */
export const controlHandlers: Readonly<Record<string, Handler>> = {
  "GET requests": ({ log }) => log.summary(),
  "DELETE requests": ({ log }) => log.clear(),
  "GET clock": ({ clock }) => ({ now: clock.now() }),
  "POST clock": setClock,
  "POST reset": (controls) => controls.reset(),
  "POST latency": setLatency,
  "GET faults": ({ faults }) => ({ faults: faults.list() }),
  "POST faults": installFaults,
  "DELETE faults": ({ faults }) => faults.clear(),
  "POST limits": setLimits,
  "GET state": dumpState,
  "POST state": loadState,
  "POST deletion": setDeletion,
  "POST purge": ({ instance }) => ({ purged: purgeDeletedUsers(instance, "all") }),
};

import { terraformTypeOf } from "../../official";
import { apart } from "../objects/apart";
import type { PlannedResource, PlanReading } from "../objects/planned-resource";
import type { Values } from "../objects/values";
import type { StateObject as RecordedObject } from "../pulumi/document";
import { recorded } from "../pulumi/sides";
import { parsedPlan, readingOf } from "../reading";
import type { Engine } from "../review";
import type { StateModule, StateValues } from "../terraform/document";
import { maskedState } from "../terraform/masked";
import { isRawState, moduleOfRawState } from "../terraform/raw-state";
import { isReviewed, kindOf } from "../types";

/** An object as a state holds it. */
export interface StateObject {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
  /** By a data source: it is managed elsewhere. */
  readonly isLookedUp: boolean;
}

/** Objects of glsa and of the official provider, by a state, with nothing sensitive in them. */
export function objectsIn(text: string): { engine: Engine; objects: readonly StateObject[] } {
  const { engine, resources, knownAccounts } = wholeStanding(text);
  const managed = new Set(resources.map(({ address }) => address));
  const lookedUp = knownAccounts.filter(({ address = "" }) => !managed.has(address));
  return {
    engine,
    objects: [
      ...resources.flatMap(({ address, type, before }) =>
        before === null ? [] : [{ address, type, values: before, isLookedUp: false }],
      ),
      ...lookedUp.map(({ address = "", type, values }) => ({
        ...{ address, type, values },
        isLookedUp: true,
      })),
    ],
  };
}

interface Standing {
  readonly address: string;
  readonly type: string;
  readonly values: Values | null;
  /** By a data source: it is managed elsewhere. */
  readonly isLookedUp: boolean;
}

/** What there is, by a state; or what there will be, by a plan. */
export function standingOf(text: string): PlanReading {
  return apart(wholeStanding(text));
}

function wholeStanding(text: string): PlanReading {
  const document = parsedPlan(text);
  if ("deployment" in document) {
    const { resources = [] } = document.deployment as { resources?: readonly RecordedObject[] };
    return reading("pulumi", resources.filter((each) => each.delete !== true).map(ofStack));
  }
  if (isRawState(document)) return reading("terraform", ofModule(moduleOfRawState(document)));
  const isPlan = "planned_values" in document || "resource_changes" in document;
  if ("format_version" in document && !isPlan && !("steps" in document)) {
    const { values } = document as { values?: StateValues };
    return reading("terraform", ofModule(values?.root_module));
  }
  const plan = readingOf(text);
  const staying = plan.resources.filter(({ after }) => after !== null);
  return { ...plan, resources: staying };
}

function ofStack(object: RecordedObject): Standing {
  return {
    address: object.urn,
    type: terraformTypeOf(object.type),
    values: recorded(object),
    isLookedUp: false,
  };
}

function ofModule(module: StateModule | undefined): Standing[] {
  if (module === undefined) return [];
  const own = (module.resources ?? []).map(
    ({ address, type, mode, values, sensitive_values: marks }) => ({
      address,
      type,
      values: maskedState(values, marks),
      isLookedUp: mode === "data",
    }),
  );
  return [...own, ...(module.child_modules ?? []).flatMap(ofModule)];
}

function reading(engine: Engine, all: readonly Standing[]): PlanReading {
  const ours = all.filter(({ type, values }) => isReviewed(type) && values !== null);
  return {
    engine,
    resources: ours.filter(({ isLookedUp }) => !isLookedUp).map(asUnchanged),
    knownAccounts: ours.flatMap(({ address, type, values }) =>
      values === null || kindOf(type) !== "account" ? [] : [{ address, type, values }],
    ),
    others: { created: 0, changed: 0, deleted: 0 },
    remarks: [],
    errored: false,
    goneMeanwhile: new Set(),
  };
}

function asUnchanged({ address, type, values }: Standing): PlannedResource {
  return {
    address,
    type,
    action: "none",
    isImported: false,
    createsFirst: false,
    isLeftover: false,
    isDrift: false,
    before: values,
    after: values,
    differing: [],
    refersTo: () => undefined,
  };
}

import { camelCase, terraformTypeOf } from "../../official";
import type {
  Action,
  KnownAccount,
  PlannedResource,
  PlanReading,
} from "../objects/planned-resource";
import type { Others } from "../review";
import { isReviewed, kindOf } from "../types";
import { UnreadablePlanError } from "../unreadable-plan-error";
import type { PreviewDocument, Step } from "./document";
import { explanations, type Explained } from "./explained";
import { driftOf } from "./drift";
import { recorded, sidesOf, type Sides, type Steps } from "./sides";

/** A preview as `pulumi preview --json` writes it. */
export function readPulumiPreview(document: PreviewDocument): PlanReading {
  refuseFailed(document);
  refuseCut(document);
  const explained = explanations(document);
  const all = [...stepsByUrn(document)];
  const ours = all.filter(([, steps]) => isReviewed(steps.type));
  return {
    engine: "pulumi",
    resources: ours
      .filter(([, steps]) => !isOnlyRead(steps))
      .map(([urn, steps]) => plannedResource(urn, steps, explained(urn))),
    knownAccounts: ours.flatMap(([urn, steps]) => readAccount(urn, steps)),
    others: othersAmong(all.map(([, steps]) => steps).filter(({ type }) => !isReviewed(type))),
    remarks: [],
    errored: false,
    goneMeanwhile: new Set(),
  };
}

function refuseFailed({ diagnostics = [] }: PreviewDocument): void {
  const failures = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = failures;
  if (first === undefined) return;
  const more = failures.length === 1 ? "" : ` (and ${failures.length - 1} more)`;
  const said = (first.message ?? "").trim().replace(/^error: /, "");
  throw new UnreadablePlanError(
    `The preview failed, so that it does not show all that would change. Pulumi said${more}: ${said}`,
  );
}

const COUNTED = ["create", "update", "delete", "replace", "import"];

/** The engine's own count shows whether steps were removed, for example by a filter. */
function refuseCut({ steps, changeSummary }: PreviewDocument): void {
  for (const op of COUNTED) {
    const said = changeSummary?.[op] ?? 0;
    const shown = (steps ?? []).filter((step) => step.op === op).length;
    if (shown >= said) continue;
    throw new UnreadablePlanError(
      `The preview is not whole: it counts ${said} of the steps "${op}" and shows ${shown}. Give the engine's own output, without a filter.`,
    );
  }
}

/** A replacement takes several steps, and a refresh one more. */
function stepsByUrn({ steps }: PreviewDocument): Map<string, Steps> {
  const byUrn = new Map<string, Step[]>();
  for (const step of steps ?? []) {
    const known = byUrn.get(step.urn);
    if (known === undefined) byUrn.set(step.urn, [step]);
    else known.push(step);
  }
  return new Map([...byUrn].map(([urn, all]) => [urn, together(all)]));
}

function together(all: readonly Step[]): Steps {
  const planned = all.filter(({ op }) => op !== "refresh");
  const steps = planned.length > 0 ? planned : all;
  const old = steps.map(({ oldState }) => oldState).find((state) => state != null) ?? undefined;
  const next = steps.map(({ newState }) => newState).find((state) => state != null) ?? undefined;
  return { type: terraformTypeOf((next ?? old)?.type ?? ""), old, new: next, all: steps };
}

function plannedResource(urn: string, steps: Steps, explained: Explained): PlannedResource {
  const drift = driftOf(steps);
  const action = drift?.action ?? actionOf(steps);
  const ops = steps.all.map(({ op }) => op);
  const previous = steps.old?.urn ?? urn;
  return {
    address: urn,
    ...(previous !== urn && { previousAddress: previous }),
    type: steps.type,
    action,
    isImported: ops.some((op) => op.startsWith("import")),
    createsFirst: createsFirst(ops),
    isLeftover: action === "delete" && steps.old?.delete === true,
    isDrift: drift !== undefined,
    ...(drift ?? sidesFor(action, steps, explained)),
    refersTo: (attribute) => accountOf(steps, attribute),
  };
}

function sidesFor(action: Action, steps: Steps, explained: Explained): Sides {
  if (action !== "none") return sidesOf(steps, explained);
  const state = steps.new?.outputs === undefined ? (steps.old ?? steps.new) : steps.new;
  const values = state === undefined ? null : recorded(state);
  return { before: values, after: values, differing: [] };
}

function actionOf({ all, old }: Steps): Action {
  const ops = all.map(({ op }) => op);
  const isKept = old?.retainOnDelete === true;
  if (ops.some((op) => /replace/.test(op) && op !== "remove-pending-replace")) {
    return isKept ? "create-and-forget" : "replace";
  }
  if (ops.includes("create")) return "create";
  if (ops.includes("update")) return "update";
  if (ops.includes("delete") || ops.includes("discard")) return isKept ? "forget" : "delete";
  return "none";
}

function createsFirst(ops: readonly string[]): boolean {
  const made = ops.findIndex((op) => op.endsWith("-replacement"));
  const gone = ops.indexOf("delete-replaced");
  return made >= 0 && gone >= 0 && made < gone;
}

/** The account that a property comes from; failing that, the one that it is declared under. */
function accountOf({ new: next }: Steps, attribute: string): string | undefined {
  const sources = (next?.propertyDependencies?.[camelCase(attribute)] ?? []).filter(isAccount);
  const [first, ...others] = sources;
  if (first !== undefined) return others.length === 0 ? first : undefined;
  return next?.parent !== undefined && isAccount(next.parent) ? next.parent : undefined;
}

function isAccount(urn: string): boolean {
  // In front of what a URN names stand the types of its parents.
  const types = urn.split("::")[2] ?? "";
  return kindOf(terraformTypeOf(types.split("$").at(-1) ?? "")) === "account";
}

function isOnlyRead({ all }: Steps): boolean {
  return all.every(({ op }) => op === "read");
}

/** An account that a program only looks up. */
function readAccount(urn: string, steps: Steps): KnownAccount[] {
  const state = steps.new ?? steps.old;
  if (!isOnlyRead(steps) || state === undefined || !isAccount(urn)) return [];
  return [{ address: urn, type: steps.type, values: recorded(state) }];
}

/** Components and providers exist in the state alone. */
function othersAmong(all: readonly Steps[]): Others {
  const actions = all
    .filter((steps) => (steps.new ?? steps.old)?.custom === true)
    .filter((steps) => !(steps.new ?? steps.old)?.type.startsWith("pulumi:providers:"))
    .map(actionOf);
  const count = (...wanted: Action[]) => actions.filter((action) => wanted.includes(action)).length;
  return {
    created: count("create", "replace", "create-and-forget"),
    changed: count("update"),
    deleted: count("delete", "replace"),
  };
}

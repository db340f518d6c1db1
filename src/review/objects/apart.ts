import { pathWord } from "../../model";
import { TOGETHER } from "../types";
import type { Action, PlannedResource, PlanReading } from "./planned-resource";
import { asRecord, asText, isKnown, known, sameValue, UNKNOWN, type Values } from "./values";

/*
 * A `glsa_memberships` declares many memberships. Whatever is told of memberships is told of each by itself, as if it were
 * declared alone.
 */

export function apart(reading: PlanReading): PlanReading {
  if (reading.resources.every(({ type }) => type !== TOGETHER)) return reading;
  const resources = reading.resources.flatMap((resource) =>
    resource.type === TOGETHER ? membershipsIn(resource) : [resource],
  );
  const gone = resources.filter(({ address }) =>
    [...reading.goneMeanwhile].some((whole) => address.startsWith(`${whole}["`)),
  );
  return {
    ...reading,
    resources,
    goneMeanwhile: new Set([...reading.goneMeanwhile, ...gone.map(({ address }) => address)]),
  };
}

interface Block {
  readonly name: string;
  /** The same for one group or project on both sides, whatever its label. */
  readonly place: string;
  readonly values: Values;
}

function membershipsIn(whole: PlannedResource): PlannedResource[] {
  const before = blocksOf(whole.before);
  const after = blocksOf(whole.after);
  const places = new Set([...before, ...after].map(({ place }) => place));
  const memberships = [...places].map((place) => {
    const was = before.find((block) => block.place === place);
    const is = after.find((block) => block.place === place);
    return membership(whole, was, is);
  });
  return withExclusive(whole, memberships);
}

function membership(
  whole: PlannedResource,
  was: Block | undefined,
  is: Block | undefined,
): PlannedResource {
  const name = (is ?? was)?.name ?? "";
  const address = `${whole.address}[${JSON.stringify(name)}]`;
  const { previousAddress } = whole;
  return {
    ...whole,
    type: "glsa_membership",
    address,
    ...(previousAddress !== undefined && {
      previousAddress: `${previousAddress}[${JSON.stringify(was?.name ?? name)}]`,
    }),
    action: actionOn(whole, was, is),
    before: was?.values ?? null,
    after: is?.values ?? null,
    differing: [],
  };
}

function actionOn(
  { action, before, after }: PlannedResource,
  was: Block | undefined,
  is: Block | undefined,
): Action {
  if (action !== "update") return action;
  if (was === undefined) return "create";
  if (is !== undefined) return sameValue(was.values, is.values) ? "none" : "update";
  // What was only just taken over is left alone, unless the object is exclusive.
  const isLeft = (before?.["exclusive"] ?? null) === null && after?.["exclusive"] !== true;
  return isLeft ? "forget" : "delete";
}

/** Told once, with the first of them. */
function withExclusive(
  { before, after, action }: PlannedResource,
  [first, ...others]: readonly PlannedResource[],
): PlannedResource[] {
  if (first === undefined) return [];
  const was = before?.["exclusive"] ?? false;
  const is = after?.["exclusive"] ?? false;
  if (sameValue(was, is) || first.before === null || first.after === null)
    return [first, ...others];
  return [
    {
      ...first,
      action: action === "update" ? "update" : first.action,
      before: { ...first.before, exclusive: was },
      after: { ...first.after, exclusive: is },
    },
    ...others,
  ];
}

function blocksOf(whole: Values | null): Block[] {
  if (whole === null) return [];
  return (["group", "project"] as const).flatMap((kind) => {
    const blocks = asRecord(whole[kind]);
    // Which there are is known later.
    if (blocks !== null && !isKnown(blocks)) return [block(whole, kind, "?", {})];
    return Object.entries(blocks ?? {}).map(([label, value]) =>
      block(whole, kind, label, known(asRecord(value)) ?? {}),
    );
  });
}

function block(
  whole: Values,
  kind: "group" | "project",
  label: string,
  { path = UNKNOWN, role = UNKNOWN, custom_role_id = null, expires_at = null }: Values,
): Block {
  const { service_account_id = null, user_id = null } = whole;
  const spelling = known(asText(path));
  return {
    name: `${kind} ${label}`,
    place: `${kind} ${spelling === undefined ? `"${label}"` : pathWord(spelling)}`,
    values: {
      service_account_id,
      user_id,
      [kind]: path,
      role,
      custom_role_id,
      expires_at,
      remove_memberships_below: false,
      status: "active",
    },
  };
}

import { propose, type Attributes, type Diagnostic, type StateOf } from "../../contract";
import { lateReplacement } from "../late-replacement";
import type { PlanChangeAnswer, PlanChangeRequest } from "../protocol/messages";
import { decodePrivate } from "../values/private-state";
import { NOTHING } from "../values/schema-codec";
import type { ResourceHost } from "./resource-host";

export async function planResource<Context>(
  host: ResourceHost<Context>,
  request: PlanChangeRequest,
): Promise<PlanChangeAnswer> {
  if (host.codec.decodePlanned(request.proposedNewState) === null) return planDelete(host, request);
  const { codec, type } = host;
  const config = codec.decodeConfig(request.config);
  const prior = codec.decodeState(request.priorState);
  const proposed = propose(type.schema, config, prior);
  // When an object is replaced, core hands on the old one's private state: the new one has none yet.
  const priorPrivate = prior === null ? undefined : request.priorPrivate;
  const {
    planned,
    replace = [],
    diagnostics = [],
  } = (await type.plan?.(
    { config, prior, private: decodePrivate(priorPrivate), proposed },
    host.context,
  )) ?? { planned: proposed };
  return {
    plannedState: codec.encode(planned),
    requiresReplace: replace.map((attributeName) => ({ steps: [{ attributeName }] })),
    plannedPrivate: priorPrivate,
    diagnostics: host.diagnostics([...diagnostics, ...unplanned(host, prior, replace)]),
  };
}

function unplanned<Context>(
  host: ResourceHost<Context>,
  prior: StateOf<Attributes> | null,
  [attribute]: readonly string[],
): Diagnostic[] {
  if (prior === null || attribute === undefined || host.wasRead(prior["id"])) return [];
  return [lateReplacement({ id: String(prior["id"]), attribute })];
}

async function planDelete<Context>(
  host: ResourceHost<Context>,
  request: PlanChangeRequest,
): Promise<PlanChangeAnswer> {
  const prior = host.codec.decodeState(request.priorState);
  const diagnostics =
    prior === null
      ? []
      : await host.type.planDelete?.(
          { prior, private: decodePrivate(request.priorPrivate) },
          host.context,
        );
  return {
    plannedState: NOTHING,
    plannedPrivate: request.priorPrivate,
    diagnostics: host.diagnostics(diagnostics),
  };
}

import type { ApplyResult, Attributes, ConfigOf, StateOf } from "../../contract";
import { formatPath } from "../../host/format-path";
import { bugDiagnostic } from "../diagnostics";
import type { ApplyChangeAnswer, ApplyChangeRequest } from "../protocol/messages";
import type { Fields } from "../values/conform";
import { decodePrivate, encodePrivate } from "../values/private-state";
import { NOTHING } from "../values/schema-codec";
import { unknownAsNull, unknownPaths } from "../../host/unknowns";
import type { ResourceHost } from "./resource-host";

export async function applyResource<Context>(
  host: ResourceHost<Context>,
  request: ApplyChangeRequest,
): Promise<ApplyChangeAnswer> {
  const prior = host.codec.decodeState(request.priorState);
  const planned = host.codec.decodePlanned(request.plannedState);
  if (planned !== null) return createOrUpdate(host, request, { prior, planned });
  if (prior === null) return { newState: NOTHING };
  const diagnostics = await host.type.delete(
    { prior, private: decodePrivate(request.plannedPrivate) },
    host.context,
  );
  return { newState: NOTHING, diagnostics: host.diagnostics(diagnostics) };
}

async function createOrUpdate<Context>(
  host: ResourceHost<Context>,
  request: ApplyChangeRequest,
  change: { prior: StateOf<Attributes> | null; planned: ConfigOf<Attributes> },
): Promise<ApplyChangeAnswer> {
  const { type, context, codec } = host;
  const { prior, planned } = change;
  const config = codec.decodeConfig(request.config);
  if (prior === null) {
    return toAnswer(host, await type.create({ config, planned }, context), undefined);
  }
  const before = request.plannedPrivate;
  const update = { config, planned, prior, private: decodePrivate(before) };
  return toAnswer(host, await type.update(update, context), before);
}

/** State and errors both go out: core keeps the one and stops at the other. */
function toAnswer<Context>(
  host: ResourceHost<Context>,
  { state, private: privateState, diagnostics = [] }: ApplyResult<Attributes>,
  privateBefore: Uint8Array | undefined,
): ApplyChangeAnswer {
  const leftOver = unknownPaths(state).map((path) =>
    bugDiagnostic(host.subject, `"${formatPath(path)}" was not known after apply.`),
  );
  const known = leftOver.length === 0 ? state : (unknownAsNull(state) as Fields);
  return {
    newState: host.codec.encode(known),
    private: encodePrivate(privateState, privateBefore),
    diagnostics: host.diagnostics([...diagnostics, ...leftOver]),
  };
}

import { DiagnosticError, error } from "../../contract";
import type { UpdateAnswer, UpdateRequest } from "../protocol/messages";
import { toStruct } from "../values/wire-values";
import { answerApplied } from "./apply-result";
import { planChange, type Change } from "./plan-change";
import { lateReplacement } from "./preview-memory";
import type { ResourceHost } from "./resource-host";

/** Reads and decides once more: what the preview saw may be long ago. */
export async function updateResource<Context>(
  host: ResourceHost<Context>,
  request: UpdateRequest,
): Promise<UpdateAnswer> {
  const change = await planChange(host, request);
  if (change === undefined) throw overtaken(request.id);
  const [attribute] = change.replace;
  if (attribute !== undefined)
    throw change.isLate ? lateReplacement(request.id, attribute) : overtaken(request.id);
  const { planned, wanted, changed } = change;
  if (request.preview) {
    return { properties: toStruct(host.outputs.encodePlanned(planned, wanted.secrets)) };
  }
  return changed.length === 0 ? asObserved(host, change) : apply(host, request, change);
}

async function apply<Context>(
  host: ResourceHost<Context>,
  { urn, news }: UpdateRequest,
  { observed, planned, wanted }: Change,
): Promise<UpdateAnswer> {
  const { state: prior, private: before } = observed;
  const result = await host.type.update(
    { config: wanted.config, planned, prior, private: before },
    host.context,
  );
  const { properties } = await answerApplied(host, {
    urn,
    result,
    private: result.private === undefined ? before : result.private,
    inputs: news,
    secrets: wanted.secrets,
  });
  return { properties };
}

/** Engines also ask for an update where the last one failed half-way, or only its inputs changed. */
function asObserved<Context>(
  host: ResourceHost<Context>,
  { observed, wanted }: Change,
): UpdateAnswer {
  const properties = host.outputs.encode(observed.state, observed.private, wanted.secrets);
  return { properties: toStruct(properties) };
}

function overtaken(id: string): DiagnosticError {
  return new DiagnosticError(
    error(
      `${id} has changed since the update was planned`,
      "It would have to be replaced now, and nothing was done. Run the update again.",
    ),
  );
}

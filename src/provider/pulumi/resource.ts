import {
  DiagnosticError,
  error,
  propose,
  warning,
  type ApplyResult,
  type Attributes,
  type ConfigOf,
  type Diagnostic,
  type PrivateState,
  type Fields,
} from "../contract";
import { unknownAsNull, unknownPaths } from "../host/values";
import { observe, planChange, type Change } from "./change";
import { CallFailure } from "./diagnostics";
import { detailedDiff } from "./diff";
import { explainChange } from "./explanation";
import { decodeInputs, inputsMaking, markSensitive, secretAttributes } from "./inputs";
import { toPropertyName, toPropertyPath } from "./names";
import { lateReplacement } from "./preview-memory";
import { CHANGES, NO_CHANGES, type Message, type WireStruct } from "./protocol";
import type { ResourceHost } from "./resource-host";
import { canonicalFields } from "./values";
import { fromStruct, toStruct } from "./wire";

/** Returns the inputs unchanged: defaults are for the plan, so that the engine's diff shows what was written. */
export async function checkResource<Context>(
  host: ResourceHost<Context>,
  { urn, news }: Message<"CheckRequest">,
): Promise<Message<"CheckResponse">> {
  const { subject, attributes, type } = host;
  const written = fromStruct(news);
  const { config, problems } = decodeInputs(attributes, written);
  const found =
    problems.length > 0 ? problems : (type.validate?.(config, host.contextOnce(urn)) ?? []);
  const errors = await subject.warn(found, urn);
  return {
    inputs: toStruct(markSensitive(attributes, written)),
    failures: errors.map((entry) => subject.toCheckFailure(entry)),
  };
}

export async function diffResource<Context>(
  host: ResourceHost<Context>,
  request: Message<"DiffRequest">,
): Promise<Message<"DiffResponse">> {
  const { subject, attributes, type } = host;
  const change = await planChange(host, request);
  if (change === undefined) {
    const recorded = host.outputs.decode(request.id, fromStruct(request.olds));
    host.preview.replaces(request.urn, recorded?.state ?? {});
    await subject.report([goneWarning(request.id)], request.urn);
    return GONE;
  }
  const { changed, replace, planned, observed, isLate } = change;
  // The update that follows refuses it.
  if (isLate) return { changes: CHANGES, diffs: replace.map(toPropertyName) };
  if (replace.length === 0) host.preview.keeps(request.urn);
  else host.preview.replaces(request.urn, observed.state);
  if (changed.length === 0 && replace.length === 0) return { changes: NO_CHANGES };
  for (const explanation of explainChange(attributes, change)) {
    await subject.inform(explanation, request.urn);
  }
  const recorded = observed.recorded.state;
  const details = detailedDiff(attributes, { prior: observed.state, recorded, planned, replace });
  return {
    changes: CHANGES,
    replaces: replace.map(toPropertyName),
    deleteBeforeReplace: replace.length > 0 && type.deleteBeforeReplace === true,
    diffs: changed.map(toPropertyName),
    detailedDiff: details,
    hasDetailedDiff: Object.keys(details).length > 0,
  };
}

/** There is no old object beside which a new one could exist; and dependents of the old id must get the new one. */
const GONE: Message<"DiffResponse"> = {
  changes: CHANGES,
  replaces: ["id"],
  deleteBeforeReplace: true,
  diffs: ["id"],
};

function goneWarning(id: string): Diagnostic {
  return warning(
    "object-gone",
    `${id} is gone`,
    "It was removed outside of this program, so it will be created again.",
  );
}

export async function createResource<Context>(
  host: ResourceHost<Context>,
  { urn, properties, preview }: Message<"CreateRequest">,
): Promise<Message<"CreateResponse">> {
  const { type, context, subject, outputs } = host;
  const { config, secrets } = host.wanted(properties);
  const proposed = propose(type.schema, config, null);
  const plan = (await type.plan?.(
    { config, prior: null, private: null, proposed, address: urn },
    context,
  )) ?? {
    planned: proposed,
  };
  await subject.report(plan.diagnostics, urn);
  const planned = canonicalFields(host.attributes, plan.planned) as ConfigOf<Attributes>;
  if (preview) return { properties: toStruct(outputs.encodePlanned(planned, secrets)) };
  const result = await type.create({ config, planned }, context);
  return answerApplied(host, {
    urn,
    result,
    private: result.private ?? null,
    inputs: properties,
    secrets,
  });
}

/** A refresh, or an import, which comes without a state. */
export async function readResource<Context>(
  host: ResourceHost<Context>,
  { urn, id, properties, inputs }: Message<"ReadRequest">,
): Promise<Message<"ReadResponse">> {
  const isImport = host.outputs.decode(id, fromStruct(properties)) === undefined;
  const observed = await observe(host, { urn, id, outputs: properties });
  if (observed === undefined) return {};
  const { state, private: privateState, recorded } = observed;
  const secrets = new Set([
    ...recorded.secrets,
    ...secretAttributes(host.attributes, fromStruct(inputs)),
  ]);
  return {
    id: String(state["id"]),
    properties: toStruct(host.outputs.encode(state, privateState, secrets)),
    inputs: isImport ? toStruct(inputsMaking(host.attributes, state)) : (inputs ?? {}),
  };
}

/** Reads and decides again: the preview may be old. */
export async function updateResource<Context>(
  host: ResourceHost<Context>,
  request: Message<"UpdateRequest">,
): Promise<Message<"UpdateResponse">> {
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
  { urn, news }: Message<"UpdateRequest">,
  { observed, planned, wanted }: Change,
): Promise<Message<"UpdateResponse">> {
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

/** Engines also request an update if the last one was completed only in part, or if only its inputs changed. */
function asObserved<Context>(
  host: ResourceHost<Context>,
  { observed, wanted }: Change,
): Message<"UpdateResponse"> {
  const properties = host.outputs.encode(observed.state, observed.private, wanted.secrets);
  return { properties: toStruct(properties) };
}

function overtaken(id: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "stale-preview",
      `${id} has changed since the update was planned`,
      "It would have to be replaced now, and nothing was changed. Run the update again.",
    ),
  );
}

/** An object that is already gone counts as deleted. */
export async function deleteResource<Context>(
  host: ResourceHost<Context>,
  { urn, id, properties }: Message<"DeleteRequest">,
): Promise<object> {
  const observed = await observe(host, { urn, id, outputs: properties });
  if (observed === undefined) return {};
  const { state: prior, private: privateState } = observed;
  const request = { prior, private: privateState };
  await host.subject.report(await host.type.warnOfDelete?.(request, host.context), urn);
  const diagnostics = await host.type.delete(request, host.context);
  await host.subject.report(diagnostics, urn);
  return {};
}

interface Applied {
  readonly urn: string;
  readonly result: ApplyResult<Attributes>;
  readonly private: PrivateState | null;
  readonly inputs: WireStruct | undefined;
  readonly secrets: ReadonlySet<string>;
}

interface Present {
  readonly id: string;
  readonly properties: WireStruct;
}

/** The existing object. If there was an error too, the engine gets both. */
async function answerApplied<Context>(
  host: ResourceHost<Context>,
  { urn, result, private: privateState, inputs, secrets }: Applied,
): Promise<Present> {
  const { subject, attributes } = host;
  const errors = await subject.warn(result.diagnostics, urn);
  const reasons = [
    ...errors.map((entry) => subject.describe(entry)),
    ...unknownPaths(result.state).map((path) =>
      subject.bug(`"${toPropertyPath(path, attributes)}" was not known after the update.`),
    ),
  ];
  const state = host.canonical(unknownAsNull(result.state) as Fields);
  const id = state["id"];
  if (typeof id !== "string" || id === "") {
    throw CallFailure.unexpected(reasons.join("\n") || subject.bug("It has no id."));
  }
  const properties = toStruct(host.outputs.encode(state, privateState, secrets));
  if (reasons.length > 0) throw CallFailure.partial({ id, properties, inputs, reasons });
  return { id, properties };
}

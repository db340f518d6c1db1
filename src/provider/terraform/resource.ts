import {
  DiagnosticError,
  error,
  propose,
  type ApplyResult,
  type Attributes,
  type ConfigOf,
  type Diagnostic,
  type ForeignState,
  type ResourceType,
  type StateOf,
  type Fields,
} from "../contract";
import { fittingFields, formatPath, unknownAsNull, unknownPaths } from "../host/values";
import { decodePrivate, encodePrivate, isNothing, NOTHING, type SchemaCodec } from "./codec";
import { bugDiagnostic } from "./diagnostics";
import { decodeIdentity, identityAfter } from "./identity";
import { lateReplacement } from "./late-replacement";
import type { Message, Response } from "./protocol";
import type { TypeHost } from "./session";

type Host<Context> = TypeHost<Context, ResourceType<Context>>;

export function validateResource<Context>(
  host: Host<Context>,
  request: Message<"ValidateResourceConfigRequest">,
): Message<"ValidateResourceConfigResponse"> {
  if (host.session.isSilent) return {};
  const config = host.codec.decodeConfig(request.config);
  const found = host.type.validate?.(config, host.session.contextIfConfigured);
  return { diagnostics: host.diagnostics(found) };
}

/** Reads a state of any version. */
export function upgradeResource(
  { codec }: { readonly codec: SchemaCodec },
  { rawState }: Message<"UpgradeResourceStateRequest">,
): Message<"UpgradeResourceStateResponse"> {
  const state = JSON.parse(Buffer.from(rawState.json ?? []).toString()) as Fields;
  return { upgradedState: codec.encode(fittingFields(codec.schema.attributes, state)) };
}

export async function readResource<Context>(
  host: Host<Context>,
  request: Message<"ReadResourceRequest">,
): Promise<Message<"ReadResourceResponse">> {
  const state = host.codec.decodeState(request.currentState);
  if (state === null) return { newState: NOTHING };
  const result = await host.type.read(
    { state, private: decodePrivate(request.private) },
    host.context,
  );
  if (result === null) return { newState: NOTHING };
  host.session.noteRead(nameOf(host, result.state));
  return {
    newState: host.codec.encode(result.state),
    private: encodePrivate(result.private, request.private),
    newIdentity: identityAfter(
      host.type,
      { state: result.state, private: result.private ?? decodePrivate(request.private) },
      request.currentIdentity,
    ),
    diagnostics: host.diagnostics(result.diagnostics),
  };
}

/** Only the existence of core's own proposal matters: see `propose`. */
export async function planResource<Context>(
  host: Host<Context>,
  request: Message<"PlanResourceChangeRequest">,
): Promise<Message<"PlanResourceChangeResponse">> {
  if (isNothing(request.proposedNewState)) return planDelete(host, request);
  const { codec, type } = host;
  const config = codec.decodeConfig(request.config);
  const prior = codec.decodeState(request.priorState);
  const proposed = propose(type.schema, config, prior);
  // When an object is replaced, core passes the old one's private state: the new one has none yet.
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
    // A replacement has another one, which is not known yet.
    plannedIdentity: prior === null || replace.length > 0 ? undefined : request.priorIdentity,
    diagnostics: host.diagnostics([...diagnostics, ...unplanned(host, prior, replace)]),
  };
}

function unplanned<Context>(
  host: Host<Context>,
  prior: StateOf<Attributes> | null,
  [attribute]: readonly string[],
): Diagnostic[] {
  if (prior === null || attribute === undefined) return [];
  if (host.session.wasRead(nameOf(host, prior))) return [];
  return [lateReplacement({ id: String(prior["id"]), attribute })];
}

function nameOf<Context>({ subject }: Host<Context>, { id }: StateOf<Attributes>): string {
  return `${subject.title} ${String(id)}`;
}

async function planDelete<Context>(
  host: Host<Context>,
  { priorState, priorPrivate }: Message<"PlanResourceChangeRequest">,
): Promise<Message<"PlanResourceChangeResponse">> {
  const prior = host.codec.decodeState(priorState);
  const request = prior && { prior, private: decodePrivate(priorPrivate) };
  const diagnostics = request && (await host.type.planDelete?.(request, host.context));
  return {
    plannedState: NOTHING,
    plannedPrivate: priorPrivate,
    diagnostics: host.diagnostics(diagnostics ?? []),
  };
}

/** A failure leaves the object unchanged. */
export function applyResource<Context>(
  host: Host<Context>,
  request: Message<"ApplyResourceChangeRequest">,
): Promise<Message<"ApplyResourceChangeResponse"> | Response> {
  const unchanged = {
    newState: request.priorState,
    private: request.plannedPrivate,
    newIdentity: request.plannedIdentity,
  };
  return host.answering(() => apply(host, request), unchanged);
}

async function apply<Context>(
  host: Host<Context>,
  request: Message<"ApplyResourceChangeRequest">,
): Promise<Message<"ApplyResourceChangeResponse">> {
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
  host: Host<Context>,
  request: Message<"ApplyResourceChangeRequest">,
  change: { prior: StateOf<Attributes> | null; planned: ConfigOf<Attributes> },
): Promise<Message<"ApplyResourceChangeResponse">> {
  const { type, context, codec } = host;
  const { prior, planned } = change;
  const config = codec.decodeConfig(request.config);
  if (prior === null) {
    return toResponse(host, await type.create({ config, planned }, context), {});
  }
  const { plannedPrivate: before, plannedIdentity: identity } = request;
  const update = { config, planned, prior, private: decodePrivate(before) };
  return toResponse(host, await type.update(update, context), { private: before, identity });
}

/** State and errors are both returned: core keeps the one and stops at the other. */
function toResponse<Context>(
  host: Host<Context>,
  { state, private: privateState, diagnostics = [] }: ApplyResult<Attributes>,
  before: Pick<Message<"ImportedResource">, "private" | "identity">,
): Message<"ApplyResourceChangeResponse"> {
  const leftOver = unknownPaths(state).map((path) =>
    bugDiagnostic(host.subject, `"${formatPath(path)}" was not known after apply.`),
  );
  const known = leftOver.length === 0 ? state : (unknownAsNull(state) as Fields);
  return {
    newState: host.codec.encode(known),
    private: encodePrivate(privateState, before.private),
    newIdentity: identityAfter(
      host.type,
      {
        state: known as StateOf<Attributes>,
        private: privateState ?? decodePrivate(before.private),
      },
      before.identity,
    ),
    diagnostics: host.diagnostics([...diagnostics, ...leftOver]),
  };
}

export async function importResource<Context>(
  { type, codec, context }: Host<Context>,
  { typeName, id, identity }: Message<"ImportResourceStateRequest">,
): Promise<Message<"ImportResourceStateResponse">> {
  if (type.importState === undefined) {
    throw new DiagnosticError(
      error(
        "import-impossible",
        "Import is not possible",
        `${typeName} has nothing that an import could find.`,
      ),
    );
  }
  const values = decodeIdentity(identity);
  const found = values && (await type.identity?.importId(values, context));
  const imported = await type.importState(found ?? id ?? "", context);
  const resource = {
    typeName,
    state: codec.encode(imported.state),
    private: encodePrivate(imported.private),
    identity,
  };
  return { importedResources: [resource] };
}

/** Moves an object of another provider or type in the state to this type. */
export function moveResource<Context>(
  { type, codec }: Host<Context>,
  request: Message<"MoveResourceStateRequest"> & { readonly typeName: string },
): Message<"MoveResourceStateResponse"> {
  const { sourceTypeName, sourceProviderAddress, sourceSchemaVersion, typeName } = request;
  if (type.takeOver === undefined) {
    throw new DiagnosticError(
      error(
        "unmovable-object",
        `${sourceTypeName} cannot become a ${typeName}`,
        `${typeName} cannot take over objects of another type. Remove the moved block.`,
      ),
    );
  }
  const { state, private: privateState } = type.takeOver({
    provider: sourceProviderAddress,
    typeName: sourceTypeName,
    schemaVersion: sourceSchemaVersion ?? 0,
    attributes: attributesOf(request),
  });
  return { targetState: codec.encode(state), targetPrivate: encodePrivate(privateState) };
}

/** A state too old to be JSON contains nothing that could be taken over. */
function attributesOf({
  sourceState,
}: Message<"MoveResourceStateRequest">): ForeignState["attributes"] {
  const json = sourceState?.json;
  if (json === undefined || json.length === 0) return {};
  return JSON.parse(Buffer.from(json).toString()) as ForeignState["attributes"];
}

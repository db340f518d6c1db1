import type {
  Answer,
  ApplyChangeAnswer,
  ApplyChangeRequest,
  ImportAnswer,
  ImportRequest,
  MoveAnswer,
  MoveRequest,
  PlanChangeAnswer,
  PlanChangeRequest,
  ReadResourceAnswer,
  ReadResourceRequest,
  TypedConfigRequest,
  UpgradeAnswer,
  UpgradeRequest,
} from "../protocol/messages";
import { DiagnosticError, error } from "../../contract";
import { decodePrivate, encodePrivate } from "../values/private-state";
import { NOTHING } from "../values/schema-codec";
import { answering } from "./answering";
import { moveResource } from "./move-resource";
import { applyResource } from "./apply-resource";
import { planResource } from "./plan-resource";
import { ResourceHost } from "./resource-host";
import type { Session } from "./session";
import { lookup, mapEntries } from "./tables";
import { upgradeResource } from "./upgrade-resource";

/** The calls about resources. */
export class ResourceHandlers<Context> {
  private readonly hosts: ReadonlyMap<string, ResourceHost<Context>>;

  constructor(session: Session<Context>) {
    this.hosts = mapEntries(
      session.provider.resources,
      (typeName, type) => new ResourceHost(typeName, type, session),
    );
  }

  validate(request: TypedConfigRequest): Promise<Answer> {
    const host = lookup(this.hosts, request);
    return answering(host.subject, () => ({
      diagnostics: host.diagnostics(
        host.type.validate?.(host.codec.decodeConfig(request.config), host.contextIfConfigured),
      ),
    }));
  }

  upgrade(request: UpgradeRequest): Promise<UpgradeAnswer> {
    const { subject, codec } = lookup(this.hosts, request);
    return answering(subject, () => upgradeResource(codec, request));
  }

  read(request: ReadResourceRequest): Promise<ReadResourceAnswer> {
    const host = lookup(this.hosts, request);
    return answering(host.subject, () => readResource(host, request));
  }

  plan(request: PlanChangeRequest): Promise<PlanChangeAnswer> {
    const host = lookup(this.hosts, request);
    return answering(host.subject, () => planResource(host, request));
  }

  apply(request: ApplyChangeRequest): Promise<ApplyChangeAnswer> {
    const host = lookup(this.hosts, request);
    const unchanged = { newState: request.priorState, private: request.plannedPrivate };
    return answering(host.subject, () => applyResource(host, request), unchanged);
  }

  import(request: ImportRequest): Promise<ImportAnswer> {
    const host = lookup(this.hosts, request);
    return answering(host.subject, () => importResource(host, request));
  }

  move(request: MoveRequest): Promise<MoveAnswer> {
    const host = lookup(this.hosts, { typeName: request.targetTypeName });
    return answering(host.subject, () => moveResource(host, request));
  }
}

async function readResource<Context>(
  host: ResourceHost<Context>,
  request: ReadResourceRequest,
): Promise<ReadResourceAnswer> {
  const state = host.codec.decodeState(request.currentState);
  if (state === null) return { newState: NOTHING };
  const result = await host.type.read(
    { state, private: decodePrivate(request.private) },
    host.context,
  );
  if (result === null) return { newState: NOTHING };
  host.noteRead(result.state["id"]);
  return {
    newState: host.codec.encode(result.state),
    private: encodePrivate(result.private, request.private),
    diagnostics: host.diagnostics(result.diagnostics),
  };
}

async function importResource<Context>(
  { type, codec, context }: ResourceHost<Context>,
  { typeName, id }: ImportRequest,
): Promise<ImportAnswer> {
  if (type.importState === undefined) {
    throw new DiagnosticError(
      error("Import is not possible", `${typeName} has nothing that an import could find again.`),
    );
  }
  const imported = await type.importState(id, context);
  const resource = {
    typeName,
    state: codec.encode(imported.state),
    private: encodePrivate(imported.private),
  };
  return { importedResources: [resource] };
}

import {
  DiagnosticError,
  error,
  propose,
  sameValue,
  type Attributes,
  type ConfigOf,
  type PrivateState,
  type StateOf,
} from "../contract";
import { keepIgnored } from "./ignored-changes";
import type { Stored } from "./outputs";
import type { Message, WireStruct } from "./protocol";
import type { ResourceHost, Wanted } from "./resource-host";
import { canonicalFields } from "./values";
import { fromStruct } from "./wire";

export interface Change {
  readonly wanted: Wanted;
  readonly observed: Observed;
  readonly planned: ConfigOf<Attributes>;
  /** Attributes that will differ from the observed values. */
  readonly changed: readonly string[];
  /** Those that require a new object. */
  readonly replace: readonly string[];
  /** Whether the preview of this run showed an update in place, although the object must be replaced now. */
  readonly isLate: boolean;
}

/** What to do with an object, decided by its current state. Undefined for one that is gone. */
export async function planChange<Context>(
  host: ResourceHost<Context>,
  request: Message<"DiffRequest">,
): Promise<Change | undefined> {
  const { urn, id, olds, news, ignoreChanges = [] } = request;
  const { config: written, secrets } = host.wanted(news);
  const observed = await observe(host, { urn, id, outputs: olds });
  if (observed === undefined) return undefined;
  const { state: prior } = observed;
  const config = keepIgnored(host.attributes, written, prior, ignoreChanges);
  const proposed = propose(host.type.schema, config, prior);
  const plan = (await host.type.plan?.(
    { config, prior, private: observed.private, proposed, address: urn },
    host.context,
  )) ?? { planned: proposed };
  await host.subject.report(plan.diagnostics, urn);
  const planned = canonicalFields(host.attributes, plan.planned) as ConfigOf<Attributes>;
  const changed = Object.keys(host.attributes).filter(
    (name) => !sameValue(planned[name], prior[name]),
  );
  const replace = plan.replace ?? [];
  const isLate = replace.length > 0 && host.preview.showedInPlace({ urn, state: prior }, replace);
  return { wanted: { config, secrets }, observed, planned, changed, replace, isLate };
}

export interface Observed {
  /** As it is now. */
  readonly state: StateOf<Attributes>;
  readonly private: PrivateState | null;
  /** As the engine recorded it. */
  readonly recorded: Stored;
}

export interface Recorded {
  readonly urn: string;
  readonly id: string;
  readonly outputs: WireStruct | undefined;
}

/** Reads the current object, because engines pass what they last recorded. Undefined for one that is gone. */
export async function observe<Context>(
  host: ResourceHost<Context>,
  { urn, id, outputs }: Recorded,
): Promise<Observed | undefined> {
  const recorded = host.outputs.decode(id, fromStruct(outputs)) ?? (await importRecord(host, id));
  const { state, private: before } = recorded;
  const result = await host.type.read({ state, private: before }, host.context);
  if (result === null) return undefined;
  await host.subject.report(result.diagnostics, urn);
  return {
    state: host.canonical(result.state),
    private: result.private === undefined ? before : result.private,
    recorded,
  };
}

/** What is known from the id alone. */
async function importRecord<Context>(host: ResourceHost<Context>, id: string): Promise<Stored> {
  const { type, context, subject } = host;
  if (type.importState === undefined) {
    const detail = `${subject.token} has nothing that an import could find.`;
    throw new DiagnosticError(error("import-impossible", "Import is not possible", detail));
  }
  const imported = await type.importState(id, context);
  const state = host.canonical({ id, ...imported.state });
  return { state, private: imported.private ?? null, secrets: new Set() };
}

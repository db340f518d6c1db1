import {
  DiagnosticError,
  error,
  type Attributes,
  type PrivateState,
  type StateOf,
} from "../../contract";
import type { WireStruct } from "../protocol/messages";
import type { Stored } from "../values/outputs";
import { fromStruct } from "../values/wire-values";
import type { ResourceHost } from "./resource-host";

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

/**
 * Reads an object as it is now, because engines hand out what they last recorded. Undefined for one that is gone.
 */
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

/** What an id alone tells. */
async function importRecord<Context>(host: ResourceHost<Context>, id: string): Promise<Stored> {
  const { type, context, subject } = host;
  if (type.importState === undefined) {
    const detail = `${subject.token} has nothing that an import could find again.`;
    throw new DiagnosticError(error("Import is not possible", detail));
  }
  const imported = await type.importState(id, context);
  const state = host.canonical({ ...imported.state, id });
  return { state, private: imported.private ?? null, secrets: new Set() };
}

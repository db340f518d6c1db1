import type { ApplyResult, Attributes, PrivateState } from "../../contract";
import type { Fields } from "../../host/values";
import { unknownAsNull, unknownPaths } from "../../host/values";
import { CallFailure } from "../failures";
import { toPropertyPath } from "../property-path";
import type { WireStruct } from "../protocol/messages";
import { toStruct } from "../values/wire-values";
import type { ResourceHost } from "./resource-host";

export interface Applied {
  readonly urn: string;
  readonly result: ApplyResult<Attributes>;
  readonly private: PrivateState | null;
  readonly inputs: WireStruct | undefined;
  readonly secrets: ReadonlySet<string>;
}

export interface Present {
  readonly id: string;
  readonly properties: WireStruct;
}

/** What is there now. Where something went wrong on the way, the engine is told both. */
export async function answerApplied<Context>(
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

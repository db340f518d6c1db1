import type { ReadAnswer, ReadRequest } from "../protocol/messages";
import { secretAttributes } from "../values/decode-inputs";
import { inputsMaking } from "../values/inputs-making";
import { fromStruct, toStruct } from "../values/wire-values";
import { observe } from "./observe";
import type { ResourceHost } from "./resource-host";

/** A refresh, or an import, which comes without a state. */
export async function readResource<Context>(
  host: ResourceHost<Context>,
  { urn, id, properties, inputs }: ReadRequest,
): Promise<ReadAnswer> {
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

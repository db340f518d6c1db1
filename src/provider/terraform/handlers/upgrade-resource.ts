import { fittingFields, type Fields } from "../../host/fitting";
import type { UpgradeAnswer, UpgradeRequest } from "../protocol/messages";
import type { SchemaCodec } from "../values/schema-codec";

/** Reads a state that any version wrote. */
export function upgradeResource(codec: SchemaCodec, { rawState }: UpgradeRequest): UpgradeAnswer {
  const state = JSON.parse(Buffer.from(rawState.json).toString()) as Fields;
  return { upgradedState: codec.encode(fittingFields(codec.schema.attributes, state)) };
}

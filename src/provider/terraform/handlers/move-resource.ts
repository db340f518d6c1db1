import { DiagnosticError, error, type ForeignState } from "../../contract";
import type { MoveAnswer, MoveRequest } from "../protocol/messages";
import { encodePrivate } from "../values/private-state";
import type { ResourceHost } from "./resource-host";

/** Gives an object that another provider or type holds in the state to the type that it moves to. */
export function moveResource<Context>(
  { type, codec }: ResourceHost<Context>,
  request: MoveRequest,
): MoveAnswer {
  const { sourceTypeName, sourceProviderAddress, sourceSchemaVersion, targetTypeName } = request;
  if (type.takeOver === undefined) {
    throw new DiagnosticError(
      error(
        `${sourceTypeName} cannot become a ${targetTypeName}`,
        `${targetTypeName} takes over nothing of another type. Remove the moved block.`,
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

/** A state too old to be JSON holds nothing that could be taken over. */
function attributesOf({ sourceState }: MoveRequest): ForeignState["attributes"] {
  const json = sourceState?.json;
  if (json === undefined || json.length === 0) return {};
  return JSON.parse(Buffer.from(json).toString()) as ForeignState["attributes"];
}

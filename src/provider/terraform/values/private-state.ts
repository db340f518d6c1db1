import type { PrivateState } from "../../contract";

/** Core keeps the bytes and never looks inside; no bytes are no private state. */
export function decodePrivate(bytes: Uint8Array | undefined): PrivateState | null {
  if (bytes === undefined || bytes.length === 0) return null;
  return JSON.parse(Buffer.from(bytes).toString()) as PrivateState;
}

/** A provider that does not mention the private state leaves it as it was. */
export function encodePrivate(
  state: PrivateState | null | undefined,
  before?: Uint8Array,
): Uint8Array | undefined {
  if (state === undefined) return before;
  return state === null ? undefined : Buffer.from(JSON.stringify(state));
}

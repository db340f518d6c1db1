import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import type { WireStruct } from "./protocol/messages";
import { encodeInitFailed, encodeStatus } from "./protocol/services";

/** What exists although the call failed. */
export interface LeftBehind {
  readonly id: string;
  readonly properties: WireStruct;
  readonly inputs: WireStruct | undefined;
  readonly reasons: readonly string[];
}

/** A call's failure as the engine reads it. */
export class CallFailure extends Error {
  constructor(
    message: string,
    readonly code: status,
    readonly leftBehind?: LeftBehind,
  ) {
    super(message);
    this.name = "CallFailure";
  }

  /** Refused, or failed without a trace: the engine knows that the object is as it was. */
  static clean(message: string): CallFailure {
    return new CallFailure(message, status.FAILED_PRECONDITION);
  }

  /** Nobody knows what it left behind. */
  static unexpected(message: string): CallFailure {
    return new CallFailure(message, status.UNKNOWN);
  }

  /** The engine keeps the object, with its id, and comes back to it in the next run. */
  static partial(leftBehind: LeftBehind): CallFailure {
    return new CallFailure(leftBehind.reasons.join("\n"), status.UNKNOWN, leftBehind);
  }
}

export function toServiceError(failure: unknown): Partial<ServiceError> {
  const { code, message, leftBehind } =
    failure instanceof CallFailure ? failure : CallFailure.unexpected(String(failure));
  if (leftBehind === undefined) return { code, details: message };
  const detail = {
    typeUrl: "type.googleapis.com/pulumirpc.ErrorResourceInitFailed",
    value: encodeInitFailed(leftBehind),
  };
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", encodeStatus({ code, message, details: [detail] }));
  return { code, details: message, metadata };
}

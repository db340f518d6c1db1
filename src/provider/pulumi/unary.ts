import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { toServiceError } from "./failures";

export type Implementation = UntypedServiceImplementation;

/**
 * One call of a service. The request is taken for what the caller's handler says it is: the descriptor, which
 * decoded it, has the same shape.
 */
export function unary<Request, Answer extends object>(
  handle: (request: Request) => Answer | Promise<Answer>,
): handleUnaryCall<Request, Answer> {
  return (call, respond) => {
    void (async () => handle(call.request))().then(
      (answer) => respond(null, answer),
      (failure: unknown) => respond(toServiceError(failure)),
    );
  };
}

import { ApiError } from "../http/errors";
import { jsonParameters } from "../http/body";
import { bodyTooLarge } from "../http/proxy";
import type { Reply } from "../http/reply";
import type { SandboxControl } from "./control";
import { controlHandlers } from "./handlers";
import { ControlError } from "./read";

export const controlPrefix = "/-/sandbox/";

/** Responds to a control call: 200 with a result, 204 without one. */
export function answerControl(
  control: SandboxControl,
  method: string,
  path: string,
  body: string | undefined,
): Reply {
  const name = `${method} ${path.slice(controlPrefix.length)}`;
  const handler = Object.hasOwn(controlHandlers, name) ? controlHandlers[name] : undefined;
  if (handler === undefined) return { status: 404, body: { error: `no control "${name}"` } };
  try {
    if (body === undefined) throw bodyTooLarge();
    const answer = handler(control, jsonParameters(body));
    return answer === undefined ? { status: 204 } : { status: 200, body: answer };
  } catch (error) {
    if (error instanceof ControlError) return { status: 400, body: { error: error.message } };
    if (error instanceof ApiError) return error.reply;
    throw error;
  }
}

import { ApiError } from "../http/errors";
import { parseBody } from "../http/body";
import type { Reply } from "../http/reply";
import { ControlError, controlHandlers } from "./handlers";
import type { Controls } from "./controls";

export const controlPrefix = "/-/sandbox/";

/** Answers a control call: 200 with what it says, 204 when there is nothing to say. */
export function answerControl(
  controls: Controls,
  method: string,
  path: string,
  body: string,
): Reply {
  const name = `${method} ${path.slice(controlPrefix.length)}`;
  const handler = Object.hasOwn(controlHandlers, name) ? controlHandlers[name] : undefined;
  if (handler === undefined) return { status: 404, body: { error: `no control "${name}"` } };
  try {
    const answer = handler(controls, parseBody(body, "application/json"));
    return answer === undefined ? { status: 204 } : { status: 200, body: answer };
  } catch (error) {
    if (error instanceof ControlError) return { status: 400, body: { error: error.message } };
    if (error instanceof ApiError) return error.reply;
    throw error;
  }
}

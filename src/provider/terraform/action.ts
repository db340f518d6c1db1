import type { ActionType, Attributes, StateOf } from "../contract";
import { failureDiagnostics } from "./diagnostics";
import type { Message } from "./protocol";
import type { TypeHost } from "./session";

/* Actions of Terraform 1.14 and later. Other engines ask for none. */

type Action<Context> = TypeHost<Context, ActionType<Context>>;
type Event = Message<"InvokeActionEvent">;

export async function planAction<Context>(
  host: Action<Context>,
  { config }: Message<"PlanActionRequest"> & { readonly typeName: string },
): Promise<Message<"PlanActionResponse">> {
  const found = await host.type.foresee(host.codec.decodeConfig(config), host.context);
  return { diagnostics: host.diagnostics(found) };
}

/** What was done, as it is done; at the end how it went, also where it failed. */
export async function* invokeAction<Context>(
  host: Action<Context>,
  { config }: Message<"InvokeActionRequest">,
): AsyncGenerator<Event> {
  try {
    const running = host.type.invoke(
      host.codec.decodeConfig(config) as StateOf<Attributes>,
      host.context,
    );
    let step = await running.next();
    for (; step.done !== true; step = await running.next()) {
      yield { progress: { message: step.value } };
    }
    yield { completed: { diagnostics: host.diagnostics(step.value) } };
  } catch (failure) {
    const found = failureDiagnostics(failure, host.subject);
    yield { completed: { diagnostics: host.diagnostics(found) } };
  }
}

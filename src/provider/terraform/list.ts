import { withNulls, type ListType, type ResourceType } from "../contract";
import { encodeIdentity } from "./identity";
import type { Message } from "./protocol";
import type { TypeHost } from "./session";

type Event = Message<"ListResourceEvent">;

/** A list, and the managed type of the same name whose objects it finds. */
export interface ListHost<Context> {
  readonly host: TypeHost<Context, ListType<Context>>;
  readonly resource: TypeHost<Context, ResourceType<Context>>;
}

/** An event for each object, up to the engine's limit. */
export async function* listResource<Context>(
  { host, resource }: ListHost<Context>,
  request: Message<"ListResourceRequest">,
): AsyncGenerator<Event> {
  const config = host.codec.decodeState(request.config);
  if (config === null) return;
  const { found, diagnostics } = await host.type.list(config, host.context);
  const limit = request.limit ? request.limit : found.length;
  for (const { identity, displayName } of found.slice(0, limit)) {
    const event = { identity: encodeIdentity(identityOf(resource), identity), displayName };
    if (request.includeResourceObject !== true) yield event;
    else yield* withObject(resource, identity, event);
  }
  if (diagnostics.length > 0) yield { diagnostic: host.diagnostics(diagnostics) };
}

function identityOf<Context>({ type, subject }: ListHost<Context>["resource"]) {
  if (type.identity === undefined) throw new Error(`${subject.title} has no identity.`);
  return type.identity;
}

/** The state after an import and the read that follows. Objects that disappeared meanwhile are left out. */
async function* withObject<Context>(
  { type, codec, context }: ListHost<Context>["resource"],
  values: Parameters<NonNullable<ResourceType<Context>["identity"]>["importId"]>[0],
  event: Event,
): AsyncGenerator<Event> {
  const id = await type.identity?.importId(values, context);
  const imported = id === undefined ? undefined : await type.importState?.(id, context);
  if (imported === undefined) return;
  const state = withNulls(type.schema.attributes, imported.state);
  const read = await type.read({ state, private: imported.private ?? null } as never, context);
  if (read !== null) yield { ...event, resourceObject: codec.encode(read.state) };
}

/** A declaration that plans no change for an object in this state. */
export function generateConfig<Context>(
  { type, codec }: TypeHost<Context, ResourceType<Context>>,
  request: Message<"GenerateResourceConfigRequest">,
): Message<"GenerateResourceConfigResponse"> {
  const state = codec.decodeState(request.state);
  if (state === null) return { config: request.state };
  const written = Object.fromEntries(
    Object.entries(type.schema.attributes).map(([name, { required, optional }]) => [
      name,
      required === true || optional === true ? state[name] : null,
    ]),
  );
  return { config: codec.encode({ ...written, ...type.declare?.(state) }) };
}

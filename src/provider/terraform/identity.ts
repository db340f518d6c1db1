import type {
  Attributes,
  Fields,
  Identity,
  IdentityValues,
  PrivateState,
  ResourceType,
  StateOf,
} from "../contract";
import { decodeDynamic, encodeDynamic, isNothing } from "./codec";
import type { Message } from "./protocol";

type WireIdentity = Message<"ResourceIdentityData">;

/** No state was ever written with another form of identity. */
const VERSION = 0;

/** Identities of the types that have one, by type name. */
export function identitySchemas<Context>(resources: {
  readonly [type: string]: ResourceType<Context>;
}): Message<"GetResourceIdentitySchemasResponse"> {
  const entries = Object.entries(resources).flatMap(([typeName, { identity }]) =>
    identity === undefined ? [] : [[typeName, wireSchema(identity)] as const],
  );
  return { identitySchemas: Object.fromEntries(entries) };
}

function wireSchema<Context>({ attributes }: Identity<Context>): Message<"ResourceIdentitySchema"> {
  const identityAttributes = Object.entries(attributes).map(
    ([name, { type, description, optional = false }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      requiredForImport: !optional,
      optionalForImport: optional,
      description,
    }),
  );
  return { version: VERSION, identityAttributes };
}

export function upgradeIdentity<Context>(
  { identity }: Pick<ResourceType<Context>, "identity">,
  { rawIdentity }: Message<"UpgradeResourceIdentityRequest">,
): Message<"UpgradeResourceIdentityResponse"> {
  const values = JSON.parse(Buffer.from(rawIdentity.json ?? []).toString()) as Fields;
  return { upgradedIdentity: identity && encodeIdentity(identity, values) };
}

export function encodeIdentity<Context>(
  { attributes }: Identity<Context>,
  values: Fields,
): WireIdentity {
  const names = Object.keys(attributes);
  const whole = Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  return { identityData: encodeDynamic(whole) };
}

/** Undefined if the engine has none for an object. */
export function decodeIdentity(wire: WireIdentity | undefined): IdentityValues | undefined {
  const data = wire?.identityData;
  if (data === undefined || data.msgpack.length === 0 || isNothing(data)) return undefined;
  return decodeDynamic(data) as IdentityValues;
}

/** The one in the engine stays, whatever happened to the object since. */
export function identityAfter<Context>(
  { identity }: Pick<ResourceType<Context>, "identity">,
  { state, private: privateState }: { state: StateOf<Attributes>; private: PrivateState | null },
  kept: WireIdentity | undefined,
): WireIdentity | undefined {
  if (identity === undefined) return undefined;
  if (decodeIdentity(kept) !== undefined) return kept;
  const values = identity.of(state, privateState);
  return values === null ? undefined : encodeIdentity(identity, values);
}

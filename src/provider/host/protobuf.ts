import type {
  handleServerStreamingCall,
  handleUnaryCall,
  MethodDefinition,
  ServiceError,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { Root } from "protobufjs/light";

/*
 * A protocol is one table of messages: protobufjs reads it as its descriptor, and the messages' TypeScript types are
 * derived from it. Only numbers and types are transferred, so all messages are in one table, names are written as in
 * JavaScript, enums are integers, and `oneof` is left out: a field that is not in the message is absent anyway.
 */

interface Field<Type extends string = string, IsOptional extends boolean = boolean> {
  readonly type: Type;
  readonly id: number;
  readonly rule?: "repeated";
  readonly keyType?: "string";
  readonly isOptional: IsOptional;
}

interface ListField<Type extends string> extends Field<Type, true> {
  readonly rule: "repeated";
}

interface MapField<Type extends string> extends Field<Type, true> {
  readonly keyType: "string";
}

interface Fields {
  readonly [name: string]: Field;
}

interface Messages {
  readonly [name: string]: { readonly fields: Fields };
}

export function message<F extends Fields = Record<never, Field>>(
  fields: F = {} as F,
): { readonly fields: F } {
  return { fields };
}

/** A field that every sender sets. */
export function field<const T extends string>(type: T, id: number): Field<T, false> {
  return { type, id, isOptional: false };
}

/** A field that is absent if the sender does not set it, or sets it to the type's zero. */
export function optional<const T extends string>(type: T, id: number): Field<T, true> {
  return { type, id, isOptional: true };
}

export function repeated<const T extends string>(type: T, id: number): ListField<T> {
  return { type, id, rule: "repeated", isOptional: true };
}

export function mapOf<const T extends string>(type: T, id: number): MapField<T> {
  return { type, id, keyType: "string", isOptional: true };
}

interface Scalars {
  readonly string: string;
  readonly bool: boolean;
  readonly int32: number;
  readonly int64: number;
  readonly double: number;
  readonly bytes: Uint8Array;
}

type Single<M extends Messages, T> = T extends keyof Scalars
  ? Scalars[T]
  : T extends keyof M
    ? MessageOf<M, T>
    : never;

type Value<M extends Messages, F extends Field> =
  F extends ListField<infer T>
    ? readonly Single<M, T>[]
    : F extends MapField<infer T>
      ? { readonly [key: string]: Single<M, T> }
      : Single<M, F["type"]>;

type OptionalNames<F extends Fields> = {
  [K in keyof F]: F[K]["isOptional"] extends true ? K : never;
}[keyof F];

/** A message as TypeScript has it. */
export type MessageOf<M extends Messages, Name extends keyof M> = {
  readonly [K in Exclude<keyof M[Name]["fields"], OptionalNames<M[Name]["fields"]>>]: Value<
    M,
    M[Name]["fields"][K]
  >;
} & {
  readonly [K in OptionalNames<M[Name]["fields"]>]?: Value<M, M[Name]["fields"][K]>;
};

/** By name of the call: the names of its messages, and which of the two sides sends more than one. */
interface Methods<Name> {
  readonly [call: string]: {
    readonly request: Name;
    readonly response: Name;
    readonly streams?: "responses" | "both";
  };
}

/** The implementation of a service: a function of the request for each call. */
export type CallsOf<M extends Messages, S extends Methods<keyof M>> = {
  readonly [Call in keyof S]: (
    request: MessageOf<M, S[Call]["request"]>,
  ) => MessageOf<M, S[Call]["response"]> | Promise<MessageOf<M, S[Call]["response"]>>;
};

/** What grpc-js needs to serve or call a service. */
export type ServiceDefinition = { readonly [call: string]: MethodDefinition<object, object> };

/** The messages of one protocol, and its services. */
export class Protocol<M extends Messages> {
  private readonly root: Root;

  constructor(messages: M) {
    this.root = Root.fromJSON({ nested: messages });
  }

  /** By hand, because proto-loader describes every message a second time, which takes a sixth of the start-up time. */
  service(name: string, methods: Methods<keyof M & string>): ServiceDefinition {
    const entries = Object.entries(methods).map(([call, { request, response, streams }]) => {
      const definition: MethodDefinition<object, object> = {
        path: `/${name}/${call}`,
        requestStream: streams === "both",
        responseStream: streams !== undefined,
        requestSerialize: this.serializer(request),
        requestDeserialize: this.deserializer(request),
        responseSerialize: this.serializer(response),
        responseDeserialize: this.deserializer(response),
      };
      return [call, definition] as const;
    });
    return Object.fromEntries(entries);
  }

  serializer(name: keyof M & string): (value: object) => Buffer {
    const type = this.root.lookupType(name);
    return (value) => Buffer.from(type.encode(type.fromObject(value)).finish());
  }

  private deserializer(name: string): (bytes: Buffer) => object {
    const type = this.root.lookupType(name);
    return (bytes) => type.toObject(type.decode(bytes), { longs: Number });
  }
}

type Call = (request: never) => object | Promise<object>;

/**
 * A service's calls as grpc-js serves them. A request has the type of its call: the type is derived from the descriptor
 * that decoded it.
 */
export function unaryCalls(
  calls: { readonly [call: string]: Call },
  toServiceError: (failure: unknown) => Partial<ServiceError>,
): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(calls).map(([call, handle]) => [call, unary(handle, toServiceError)]),
  );
}

/** A call with any number of responses. */
export function streamingCall(
  handle: (request: never) => AsyncIterable<object>,
  toServiceError: (failure: unknown) => Partial<ServiceError>,
): handleServerStreamingCall<object, object> {
  return (call) => {
    void (async () => {
      for await (const response of handle(call.request as never)) call.write(response);
    })().then(
      () => call.end(),
      (failure: unknown) => call.emit("error", toServiceError(failure)),
    );
  };
}

function unary(
  handle: Call,
  toServiceError: (failure: unknown) => Partial<ServiceError>,
): handleUnaryCall<object, object> {
  return ({ request }, respond) => {
    void (async () => handle(request as never))().then(
      (response) => respond(null, response),
      (failure: unknown) => respond(toServiceError(failure)),
    );
  };
}

import { status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { DiagnosticError, sameValue, type ProviderType } from "../contract";
import { streamingCall, unaryCalls } from "../host/protobuf";
import { CallFailure, toServiceError } from "./diagnostics";
import { functionsOf } from "./function";
import { decodeSettings, markSensitive } from "./inputs";
import { createListCall } from "./list";
import { toPropertyName } from "./names";
import { CHANGES, NO_CHANGES, type Message, type ProviderCalls, type WireStruct } from "./protocol";
import {
  checkResource,
  createResource,
  deleteResource,
  diffResource,
  readResource,
  updateResource,
} from "./resource";
import { ResourceHost } from "./resource-host";
import { packageSchema } from "./schema";
import { Session } from "./session";
import { fromStruct, toStruct } from "./wire";

export interface ProviderService {
  readonly implementation: UntypedServiceImplementation;
  /** Where the engine receives the provider's messages. */
  attach(engineAddress: string): void;
}

/** The protocol's calls, implemented by a provider. */
export function createProviderService<Context>(provider: ProviderType<Context>): ProviderService {
  const session = new Session(provider);
  return {
    attach: (address) => session.log.attach(address),
    implementation: {
      ...unaryCalls(createProviderCalls(session), toServiceError),
      List: streamingCall(createListCall(session), toServiceError),
    },
  };
}

export function createProviderCalls<Context>(session: Session<Context>): ProviderCalls {
  const { provider } = session;
  const about = callsAboutResources(session);
  return {
    ...callsAboutProvider(session),
    GetSchema: () => ({
      schema: JSON.stringify(packageSchema(provider, (text) => session.translate(text))),
    }),
    GetPluginInfo: () => ({ version: provider.version }),
    Cancel: async () => {
      await session.end();
      return {};
    },

    Invoke: functionsOf(session),

    Check: about(checkResource),
    Diff: about(diffResource),
    Create: about(createResource),
    Read: about(readResource),
    Update: about(updateResource),
    Delete: about(deleteResource),
  };
}

/** Outputs and resources are passed as their values; unknowns and secrets in their own form. */
const CAPABILITIES: Message<"ProviderHandshakeResponse"> = {
  acceptSecrets: true,
  acceptResources: false,
  acceptOutputs: false,
};

/** The calls about the provider itself. */
function callsAboutProvider<Context>(session: Session<Context>) {
  const { provider } = session;
  const { attributes } = provider.schema;
  const subject = session.subject(`pulumi:providers:${provider.name}`, provider.schema);
  const settings = (inputs: WireStruct | undefined): { readonly [name: string]: unknown } =>
    decodeSettings(attributes, fromStruct(inputs)).config;
  return {
    Handshake: ({ engineAddress }) => {
      if (engineAddress) session.log.attach(engineAddress);
      return CAPABILITIES;
    },
    Attach: ({ address }) => {
      session.log.attach(address);
      return {};
    },
    CheckConfig: ({ urn, news }) =>
      subject.answering(async () => {
        const written = fromStruct(news);
        const { config, problems } = decodeSettings(attributes, written);
        const found = problems.length > 0 ? problems : (provider.validate?.(config) ?? []);
        const errors = await subject.warn(found, urn);
        const failures = errors.map((entry) => subject.toCheckFailure(entry));
        return { inputs: toStruct(markSensitive(attributes, written)), failures };
      }, urn),
    /** Another token or address is no reason to replace everything that was created with the old one. */
    DiffConfig: ({ oldInputs, olds, news }) => {
      const before = settings(oldInputs ?? olds);
      const after = settings(news);
      const changed = Object.keys(attributes).filter(
        (name) => !sameValue(before[name], after[name]),
      );
      if (changed.length === 0) return { changes: NO_CHANGES };
      return { changes: CHANGES, diffs: changed.map(toPropertyName) };
    },
    Configure: ({ args }) =>
      subject.answering(async () => {
        const { config, problems } = decodeSettings(attributes, fromStruct(args));
        if (problems.length > 0) throw new DiagnosticError(...problems);
        await session.configure(config);
        return { ...CAPABILITIES, supportsPreview: true };
      }),
  } satisfies Partial<ProviderCalls>;
}

/** Gives each call about a resource the host of its type. */
function callsAboutResources<Context>(session: Session<Context>) {
  const hosts = new Map(
    Object.entries(session.provider.resources).map(([typeName, type]) => {
      const host = new ResourceHost(typeName, type, session);
      return [host.subject.token, host] as const;
    }),
  );
  return <Request extends { readonly urn: string }, A>(
      work: (host: ResourceHost<Context>, request: Request) => Promise<A>,
    ) =>
    (request: Request): Promise<A> => {
      const { urn } = request;
      session.noteUrn(urn);
      const token = typeOf(urn);
      const host = hosts.get(token);
      if (host === undefined) {
        throw new CallFailure(`There is no resource type "${token}".`, status.NOT_FOUND);
      }
      return session.during(() => host.subject.answering(() => work(host, request), urn));
    };
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`; names may contain anything. */
function typeOf(urn: string): string {
  const [, , types = ""] = urn.split("::");
  return types.slice(types.lastIndexOf("$") + 1);
}

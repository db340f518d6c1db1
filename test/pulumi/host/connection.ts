import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, credentials, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import { anyResource, type ProviderType } from "../../../src/provider/contract";
import { createProviderService } from "../../../src/provider/pulumi/provider";
import {
  engineService,
  resourceProviderService,
  type Message,
} from "../../../src/provider/pulumi/protocol";
import type { PropertyMap } from "../../../src/provider/pulumi/values";
import { fromStruct, toStruct } from "../../../src/provider/pulumi/wire";
import { fixture } from "../../provider/fixture/provider";
import { thing } from "../../provider/fixture/thing";

type CheckAnswer = Message<"CheckResponse">;
type CreateAnswer = Message<"CreateResponse">;
type LogRequest = Message<"LogRequest">;

interface Answers {
  readonly Check: CheckAnswer;
  readonly CheckConfig: CheckAnswer;
  readonly DiffConfig: Message<"DiffResponse">;
  readonly Diff: Message<"DiffResponse">;
  readonly Create: CreateAnswer;
  readonly Read: Message<"ReadResponse">;
  readonly Update: Message<"UpdateResponse">;
  readonly Invoke: Message<"InvokeResponse">;
  readonly GetSchema: { readonly schema: string };
}

/** The fixture, and a type of it whose old object stands in the way of the new one. */
const provider = {
  ...fixture,
  resources: {
    ...fixture.resources,
    fixture_named_thing: { ...anyResource(thing), deleteBeforeReplace: true },
  },
} as unknown as ProviderType<unknown>;

/** The fixture behind a real connection, with an engine that listens to its log. */
export class Connection {
  readonly logs: LogRequest[] = [];

  private constructor(
    private readonly folder: string,
    private readonly servers: readonly Server[],
    private readonly client: Client,
  ) {}

  static async open(): Promise<Connection> {
    const service = createProviderService(provider);
    const engine = new Server();
    const server = new Server();
    server.addService(resourceProviderService, service.implementation);
    const client = new Client(await address(server), credentials.createInsecure());
    const folder = mkdtempSync(join(tmpdir(), "fixture-pulumi-"));
    const connection = new Connection(folder, [engine, server], client);
    engine.addService(engineService, {
      Log: (
        { request }: { request: LogRequest },
        respond: (failure: null, none: object) => void,
      ) => {
        connection.logs.push(request);
        respond(null, {});
      },
    });
    await connection.call("Handshake", { engineAddress: await address(engine) });
    return connection;
  }

  static async configured(): Promise<Connection> {
    const connection = await Connection.open();
    await connection.call("Configure", { args: toStruct({ store: connection.storePath }) });
    return connection;
  }

  get storePath(): string {
    return join(this.folder, "store.json");
  }

  /** What the fixture's "server" holds. */
  get store(): Record<string, Record<string, unknown>> {
    return JSON.parse(readFileSync(this.storePath, "utf8")) as Record<
      string,
      Record<string, unknown>
    >;
  }

  set store(content: Record<string, Record<string, unknown>>) {
    writeFileSync(this.storePath, JSON.stringify(content));
  }

  call<M extends string>(
    method: M,
    request: object,
  ): Promise<M extends keyof Answers ? Answers[M] : object> {
    const definition = resourceProviderService[method] ?? unoffered(method);
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(
        definition.path,
        definition.requestSerialize,
        definition.responseDeserialize,
        request,
        (failure: ServiceError | null, answer?: object) =>
          failure === null ? resolve(answer as never) : reject(failure),
      );
    });
  }

  check(inputs: PropertyMap, type = "Thing"): Promise<CheckAnswer> {
    return this.call("Check", { urn: urn(type), news: toStruct(inputs) });
  }

  create(inputs: PropertyMap, preview = false): Promise<CreateAnswer> {
    return this.call("Create", { urn: urn(), properties: toStruct(inputs), preview });
  }

  /** Makes an object; answers its state as the engine keeps it. */
  async created(inputs: PropertyMap): Promise<{ id: string; outputs: PropertyMap }> {
    const { id = "", properties } = await this.create(inputs);
    return { id, outputs: fromStruct(properties) };
  }

  close(): void {
    this.client.close();
    for (const server of this.servers) server.forceShutdown();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function urn(type = "Thing", name = "a"): string {
  return `urn:pulumi:dev::test::parent:index:Component$fixture:index:${type}::${name}`;
}

/** A call of the protocol that the host does not know, with an empty message. */
function unoffered(method: string) {
  return {
    path: `/pulumirpc.ResourceProvider/${method}`,
    requestSerialize: () => Buffer.alloc(0),
    responseDeserialize: () => ({}),
  };
}

function address(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (failure, port) =>
      failure === null ? resolve(`127.0.0.1:${port}`) : reject(failure),
    );
  });
}

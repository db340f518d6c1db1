import { status } from "@grpc/grpc-js";
import { CallFailure } from "../failures";
import type {
  CheckAnswer,
  CheckRequest,
  CreateAnswer,
  CreateRequest,
  DeleteRequest,
  DiffAnswer,
  DiffRequest,
  ReadAnswer,
  ReadRequest,
  ResourceRequest,
  UpdateAnswer,
  UpdateRequest,
} from "../protocol/messages";
import { checkResource } from "./check";
import { createResource } from "./create";
import { deleteResource } from "./delete";
import { diffResource } from "./diff";
import { readResource } from "./read";
import { ResourceHost } from "./resource-host";
import type { Session } from "./session";
import { updateResource } from "./update";

/** The calls about resources. */
export class ResourceHandlers<Context> {
  private readonly hosts: ReadonlyMap<string, ResourceHost<Context>>;

  constructor(private readonly session: Session<Context>) {
    const hosts = Object.entries(session.provider.resources).map(
      ([typeName, type]) => new ResourceHost(typeName, type, session),
    );
    this.hosts = new Map(hosts.map((host) => [host.subject.token, host]));
  }

  check(request: CheckRequest): Promise<CheckAnswer> {
    return this.answering(request, (host) => checkResource(host, request));
  }

  diff(request: DiffRequest): Promise<DiffAnswer> {
    return this.answering(request, (host) => diffResource(host, request));
  }

  create(request: CreateRequest): Promise<CreateAnswer> {
    return this.answering(request, (host) => createResource(host, request));
  }

  read(request: ReadRequest): Promise<ReadAnswer> {
    return this.answering(request, (host) => readResource(host, request));
  }

  update(request: UpdateRequest): Promise<UpdateAnswer> {
    return this.answering(request, (host) => updateResource(host, request));
  }

  delete(request: DeleteRequest): Promise<object> {
    return this.answering(request, (host) => deleteResource(host, request));
  }

  private answering<A>(
    { urn }: ResourceRequest,
    work: (host: ResourceHost<Context>) => Promise<A>,
  ): Promise<A> {
    this.session.noteUrn(urn);
    const token = typeOf(urn);
    const host = this.hosts.get(token);
    if (host === undefined) {
      throw new CallFailure(`There is no resource type "${token}".`, status.NOT_FOUND);
    }
    return this.session.during(() => host.subject.answering(() => work(host), urn));
  }
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`; names may hold anything. */
function typeOf(urn: string): string {
  const [, , types = ""] = urn.split("::");
  return types.slice(types.lastIndexOf("$") + 1);
}

import type { runtime } from "@pulumi/pulumi";
import { nounOf, officialType, terraformTypeOf } from "../../src/official";
import { referenceTo, type FoundResource, type Properties } from "./read/resource";

/** Mocks of `pulumi.runtime.setMocks`. Missing ones have defaults. */
export type ResourceMocks = Partial<runtime.Mocks>;

/** Far from the numbers that programs use. */
const FIRST_NUMBER = 4_000_000_001;

/**
 * Mocks that record their calls. Ids are references in Terraform's form, so that both constructs libraries are read
 * alike. Where the engine requires a number, a number represents the reference.
 */
export class Recording implements runtime.Mocks {
  readonly found: FoundResource[] = [];
  /** References by the numbers that represent them. */
  readonly numbers = new Map<string, string>();

  /** @param plain removes Pulumi's wrapping of secrets from a value */
  constructor(
    private readonly mocks: ResourceMocks,
    private readonly plain: (value: unknown) => unknown,
  ) {}

  newResource(
    args: runtime.MockResourceArgs,
  ): runtime.MockResourceResult | Promise<runtime.MockResourceResult> {
    // A component only groups declarations.
    if (args.custom === false) return { id: undefined, state: args.inputs };
    const type = terraformTypeOf(args.type);
    const resource = this.add(type, args.name, args.inputs, false);
    if (!isOurs(resource) && this.mocks.newResource) return this.mocks.newResource(args);
    return { id: referenceTo(resource, "id"), state: { ...args.inputs, ...this.made(resource) } };
  }

  call(args: runtime.MockCallArgs): runtime.MockCallResult | Promise<runtime.MockCallResult> {
    const type = terraformTypeOf(args.token);
    if (!isLookup(type) && this.mocks.call) return this.mocks.call(args);
    const found = this.add(type, `lookup${this.found.length}`, args.inputs, true);
    const number = this.numberFor(referenceTo(found, "id"));
    if (!type.startsWith("glsa_")) {
      return { ...args.inputs, id: String(number), groupId: number };
    }
    return { ...args.inputs, id: referenceTo(found, "id"), userId: number };
  }

  private add(type: string, name: string, inputs: unknown, isData: boolean): FoundResource {
    const resource = { type, name, isData, properties: this.plain(inputs) as Properties };
    this.found.push(resource);
    return resource;
  }

  /** What other resources may refer to, and is known only after the resource is created. */
  private made(resource: FoundResource): Properties {
    const { type } = resource;
    if (officialType(type)?.noun === "token") return { token: referenceTo(resource, "token") };
    if (nounOf(type) !== "account") return {};
    const number = this.numberFor(referenceTo(resource, "id"));
    return { userId: number, serviceAccountId: String(number) };
  }

  private numberFor(reference: string): number {
    const number = FIRST_NUMBER + this.numbers.size;
    this.numbers.set(String(number), reference);
    return number;
  }
}

/** Data sources whose results the reader needs in a special form. A resource `gitlab_group` is not one of them. */
function isOurs({ type }: FoundResource): boolean {
  return ["account", "token"].includes(nounOf(type) ?? "") || type.startsWith("glsa_");
}

function isLookup(type: string): boolean {
  return ["glsa_service_account", "gitlab_user", "gitlab_group"].includes(type);
}

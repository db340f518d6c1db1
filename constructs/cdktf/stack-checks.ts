import { TerraformProvider, TerraformStack, type TerraformResource } from "cdktf";
import type { IConstruct, IValidation } from "constructs";
import { at, InvalidDeclarationError, lowerThanInherited, type DeclaredMembership } from "../words";

/** The provider whose resources a declaration becomes, and the object that names it, if one is found. */
export interface ProviderChoice {
  readonly kind: "glsa" | "official";
  readonly provider?: TerraformProvider;
}

const GLSA = "glsa";
const OFFICIAL = "gitlab";
const checksOfStacks = new WeakMap<TerraformStack, StackChecks>();

/**
 * The rules between the declarations of one stack. Constructs report what they declare. Synth runs the checks once and
 * reports every problem together.
 */
export class StackChecks implements IValidation {
  static of(construct: IConstruct): StackChecks {
    const stack = TerraformStack.of(construct);
    let checks = checksOfStacks.get(stack);
    if (checks === undefined) {
      checks = new StackChecks(stack);
      checksOfStacks.set(stack, checks);
      stack.node.addValidation(checks);
    }
    return checks;
  }

  private readonly resources: TerraformResource[] = [];
  private readonly deliveries: { readonly label: string; readonly token: IConstruct }[] = [];
  private readonly memberships: DeclaredMembership[] = [];
  private needsProvider = false;
  private hasProvider = false;
  private chosen?: ProviderChoice;
  /** The first construct that does not name a provider. */
  private undecided?: IConstruct;

  private constructor(private readonly stack: TerraformStack) {}

  /**
   * The provider that a construct names, or else the one in the stack at the first call.
   * @throws InvalidDeclarationError if the provider manages no service accounts
   */
  choose(construct: IConstruct, named: TerraformProvider | undefined): ProviderChoice {
    if (named !== undefined) return { kind: kindOf(construct, named), provider: named };
    this.undecided ??= construct;
    return (this.chosen ??= this.choiceOfStack());
  }

  addProvider(): void {
    this.hasProvider = true;
  }

  addResource(resource: TerraformResource): void {
    this.resources.push(resource);
    this.needsProvider = true;
  }

  addOfficialResource(resource: TerraformResource): void {
    this.resources.push(resource);
  }

  addDataSource(): void {
    this.needsProvider = true;
  }

  /** @param label equal for two destinations of which one would overwrite the other */
  addDelivery(label: string, token: IConstruct): void {
    this.deliveries.push({ label, token });
  }

  addMembership(membership: DeclaredMembership): void {
    this.memberships.push(membership);
  }

  validate(): string[] {
    const lower = lowerThanInherited(this.memberships);
    return [
      ...this.providerProblems(),
      ...this.addressProblems(),
      ...this.deliveryProblems(),
      ...lower.map(({ path, detail }) => `[${path}] role: Lower than an inherited role. ${detail}`),
    ];
  }

  private providerProblems(): string[] {
    const hasOfficial = this.officialProvider() !== undefined;
    if (this.hasProvider && hasOfficial && this.undecided !== undefined) {
      return [
        `The stack contains a GlsaProvider and the official GitlabProvider, and ${this.undecided.node.path} names neither. Set provider to one of them in every ServiceAccount.`,
      ];
    }
    if (!this.needsProvider || this.hasProvider) return [];
    const none =
      'The stack declares GitLab objects, but no GlsaProvider. Write new GlsaProvider(this, "glsa") in it.';
    return [
      hasOfficial
        ? `${none} To use the official provider, write its GitlabProvider before the objects.`
        : `${none} If no provider can be added, write the official GitlabProvider before the objects.`,
    ];
  }

  private choiceOfStack(): ProviderChoice {
    const official = this.hasProvider ? undefined : this.officialProvider();
    return official === undefined ? { kind: "glsa" } : { kind: "official", provider: official };
  }

  private officialProvider(): TerraformProvider | undefined {
    return this.stack.node
      .findAll()
      .filter((found) => TerraformProvider.isTerraformProvider(found))
      .find(({ terraformResourceType }) => terraformResourceType === OFFICIAL);
  }

  private addressProblems(): string[] {
    const byAddress = groupPaths(this.resources, (resource) => [
      `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
      declarationOf(resource),
    ]);
    return byAddress.map(
      ([address, paths]) =>
        `${paths.join(" and ")} are both ${address}: they declare the same object. Keep one of them, or give one another username, token name, group or project.`,
    );
  }

  private deliveryProblems(): string[] {
    const byLabel = groupPaths(this.deliveries, ({ label, token }) => [label, token]);
    return byLabel.map(
      ([label, paths]) =>
        `${paths.join(" and ")} both deliver to ${label}: one would overwrite the other. Give each token a destination of its own.`,
    );
  }
}

function kindOf(construct: IConstruct, provider: TerraformProvider): ProviderChoice["kind"] {
  const { terraformResourceType } = provider;
  if (terraformResourceType === GLSA) return "glsa";
  if (terraformResourceType === OFFICIAL) return "official";
  throw new InvalidDeclarationError(
    construct.node.path,
    at("provider", {
      code: "other-provider",
      summary: "The provider manages no service accounts",
      detail: `The provider must be a GlsaProvider or the official GitlabProvider; got the provider "${terraformResourceType}". Pass one of them, or leave it out.`,
    }),
  );
}

/** The construct under which a reader of the program finds a resource. */
function declarationOf(resource: TerraformResource): IConstruct {
  const { id, scope } = resource.node;
  return id === "Resource" && scope !== undefined ? scope : resource;
}

/** The keys that more than one construct has, with the paths of those constructs. */
function groupPaths<T>(
  items: readonly T[],
  keyed: (item: T) => readonly [key: string, construct: IConstruct],
): [key: string, paths: string[]][] {
  const paths = new Map<string, string[]>();
  for (const item of items) {
    const [key, construct] = keyed(item);
    const known = paths.get(key);
    if (known === undefined) paths.set(key, [construct.node.path]);
    else known.push(construct.node.path);
  }
  return [...paths].filter(([, constructs]) => constructs.length > 1);
}

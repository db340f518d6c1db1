import { TerraformStack, type TerraformResource } from "cdktf";
import type { IConstruct, IValidation } from "constructs";

const checksOfStacks = new WeakMap<TerraformStack, StackChecks>();

/**
 * The rules that hold between the declarations of one stack. Constructs report here what they declare; synth asks
 * once, and gets every problem at once.
 */
export class StackChecks implements IValidation {
  static of(construct: IConstruct): StackChecks {
    const stack = TerraformStack.of(construct);
    let checks = checksOfStacks.get(stack);
    if (checks === undefined) {
      checks = new StackChecks();
      checksOfStacks.set(stack, checks);
      stack.node.addValidation(checks);
    }
    return checks;
  }

  private readonly resources: TerraformResource[] = [];
  private readonly deliveries: { readonly label: string; readonly token: IConstruct }[] = [];
  private needsProvider = false;
  private hasProvider = false;

  private constructor() {}

  addProvider(): void {
    this.hasProvider = true;
  }

  addResource(resource: TerraformResource): void {
    this.resources.push(resource);
    this.needsProvider = true;
  }

  addDataSource(): void {
    this.needsProvider = true;
  }

  /** @param label the same for two destinations of which one would overwrite the other */
  addDelivery(label: string, token: IConstruct): void {
    this.deliveries.push({ label, token });
  }

  validate(): string[] {
    return [...this.providerProblems(), ...this.addressProblems(), ...this.deliveryProblems()];
  }

  private providerProblems(): string[] {
    if (!this.needsProvider || this.hasProvider) return [];
    return [
      'The stack declares objects of GitLab, but no GlsaProvider. Write new GlsaProvider(this, "glsa") in it.',
    ];
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

/** The construct that a reader of the program knows a resource by. */
function declarationOf(resource: TerraformResource): IConstruct {
  const { id, scope } = resource.node;
  return id === "Resource" && scope !== undefined ? scope : resource;
}

/** The keys that more than one construct has, with the constructs' paths. */
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

/** Properties in camelCase, be they Terraform's attributes or Pulumi's inputs. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource or data source of one of the two providers. Both fronts give its type as Terraform names it. */
export interface FoundResource {
  readonly type: string;
  readonly name: string;
  readonly isData: boolean;
  readonly properties: Properties;
}

/** What stands for a value that the resource will have. */
export function referenceTo(
  { type, name, isData }: Omit<FoundResource, "properties">,
  property: string,
): string {
  return `\${${isData ? "data." : ""}${type}.${name}.${property}}`;
}

const REFERENCE = /^\$\{(data\.)?([A-Za-z]\w*)\.([\w-]+)\.\w+\}$/;

/** All resources of a stack or program, and who is behind a reference to one. */
export class FoundResources {
  /** @param numbers references by the numbers that stand for them where an engine wants a number */
  constructor(
    readonly all: readonly FoundResource[],
    private readonly numbers: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** The resource or data source that a value comes from. */
  behind(value: unknown): FoundResource | undefined {
    const [, data, type, name] = REFERENCE.exec(this.asReference(value)) ?? [];
    const isData = data !== undefined;
    return this.all.find(
      (each) => each.type === type && each.name === name && each.isData === isData,
    );
  }

  /** A value that stands for a reference as that reference; any other as it is. */
  asReference(value: unknown): string {
    const text = String(value);
    return this.numbers.get(text) ?? text;
  }
}

/** Properties in camelCase, from Terraform's attributes or Pulumi's inputs. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * A resource or data source of one of the two providers. Both constructs libraries give its type in Terraform's form.
 */
export interface FoundResource {
  readonly type: string;
  readonly name: string;
  readonly isData: boolean;
  readonly properties: Properties;
}

/** The placeholder for a value that the resource will have. */
export function referenceTo(
  { type, name, isData }: Omit<FoundResource, "properties">,
  property: string,
): string {
  return `\${${isData ? "data." : ""}${type}.${name}.${property}}`;
}

const REFERENCE = /^\$\{(data\.)?([A-Za-z]\w*)\.([\w-]+)\.\w+\}$/;

/** All resources of a stack or program, and the resource that a reference points to. */
export class FoundResources {
  /** @param numbers references by the numbers that represent them where an engine requires a number */
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

  /** A value that represents a reference, as that reference. Other values unchanged. */
  asReference(value: unknown): string {
    const text = String(value);
    return this.numbers.get(text) ?? text;
  }
}

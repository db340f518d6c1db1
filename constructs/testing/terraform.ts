import type { Declarations } from "./declarations";
import { readDeclarations } from "./read/declarations";
import { FoundResources, type FoundResource, type Properties } from "./read/resource";
import { camelCased } from "./read/values";

type Blocks = Readonly<Record<string, Readonly<Record<string, Properties>>>>;

/** The blocks that are read; `Testing.synth` and `cdktf synth` write them alike. */
interface Synthesized {
  readonly resource?: Blocks;
  readonly data?: Blocks;
}

/** A stack of CDKTF or of CDK Terrain, as far as it is used here. */
interface TerraformStack {
  readonly node: object;
  toTerraform(): object;
}

/** What both frameworks have for tests. */
interface Framework {
  readonly TerraformStack: { isStack(value: unknown): boolean };
  readonly Testing: { synth(stack: TerraformStack): string };
}

/** Whether a value is a stack. No framework is loaded to find out. */
export function isTerraformStack(value: unknown): value is TerraformStack {
  const { node, toTerraform } = value as Partial<TerraformStack>;
  return node !== undefined && typeof toTerraform === "function";
}

/** What a stack declares. The stack's validations are not run; use `Testing.synth(stack, true)` for that. */
export function readStack(stack: TerraformStack): Declarations {
  return readSynthesized(frameworkOf(stack).Testing.synth(stack));
}

/** By name for the bundler, which leaves them out of the package. */
/* eslint-disable @typescript-eslint/no-require-imports -- only those who have a stack have one */
const FRAMEWORKS: readonly (() => Framework)[] = [
  () => require("cdktf") as Framework,
  () => require("cdktn") as Framework,
];
/* eslint-enable @typescript-eslint/no-require-imports */

/** The one that made the stack. Both may be installed, and only those who have a stack have one. */
function frameworkOf(stack: TerraformStack): Framework {
  const found = FRAMEWORKS.flatMap(loaded);
  const [framework = found[0]] = found.filter((one) => one.TerraformStack.isStack(stack));
  if (framework === undefined) throw new Error("Neither cdktf nor cdktn is installed here.");
  return framework;
}

function loaded(load: () => Framework): Framework[] {
  try {
    return [load()];
  } catch {
    return [];
  }
}

/**
 * What the JSON of a synthesized stack declares.
 * @throws Error if the string is not a JSON object
 */
export function readSynthesized(text: string): Declarations {
  const { resource = {}, data = {} } = parse(text);
  return readDeclarations(new FoundResources([...found(resource, false), ...found(data, true)]));
}

function parse(text: string): Synthesized {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // The error below covers both cases.
  }
  throw new Error(
    "Not the JSON of a stack. Pass the stack itself, what Testing.synth(stack) returns, or the text of its cdk.tf.json.",
  );
}

function found(blocks: Blocks, isData: boolean): FoundResource[] {
  return Object.entries(blocks).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, attributes]) => ({
      type,
      name,
      isData,
      properties: camelCased(attributes) as Properties,
    })),
  );
}

import type { TerraformStack, Testing as SynthTesting } from "cdktf";
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

/** Whether a value is a CDKTF stack. CDKTF is not loaded to find out. */
export function isTerraformStack(value: unknown): value is TerraformStack {
  const { node, toTerraform } = value as Partial<TerraformStack>;
  return node !== undefined && typeof toTerraform === "function";
}

/** What a stack declares. The stack's validations are not run; use `Testing.synth(stack, true)` for that. */
export function readStack(stack: TerraformStack): Declarations {
  // Only who has a stack has CDKTF.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Testing } = require("cdktf") as { readonly Testing: typeof SynthTesting };
  return readSynthesized(Testing.synth(stack));
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

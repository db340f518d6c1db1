import { TerraformStack, Testing } from "cdktf";
import { GlsaProvider } from "../../../constructs/cdktf";

type Blocks = Record<string, Record<string, unknown>>;

/** The parts of a synthesized stack that tests look at. */
interface Synthesized {
  readonly terraform: { readonly required_providers: Record<string, unknown> };
  readonly provider: { readonly glsa: Record<string, unknown>[] };
  readonly resource?: Record<string, Blocks>;
  readonly data?: Record<string, Blocks>;
  readonly removed?: readonly object[];
  readonly moved?: { readonly from: string; readonly to: string }[];
  readonly import?: { readonly id: string; readonly to: string }[];
}

/** A stack named `stack`, with a provider unless told otherwise. */
export function newStack({ provider = true } = {}): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  if (provider) new GlsaProvider(stack, "glsa");
  return stack;
}

/** As Terraform gets it. */
export function synthesize(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

/** The resources of one type by their address. */
export function resources(stack: TerraformStack, type: string): Blocks {
  return (synthesize(stack).resource?.[type] ?? {}) as Blocks;
}

/** The only resource of a type. */
export function onlyResource(stack: TerraformStack, type: string): Record<string, unknown> {
  const found = Object.values(resources(stack, type));
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`There are ${found.length} resources of type ${type}.`);
  }
  return found[0];
}

/** The message with which the stack's own checks end. */
export function synthError(stack: TerraformStack): string {
  try {
    stack.runAllValidations();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}

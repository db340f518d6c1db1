import { runtime, type InvokeOptions, type Output } from "@pulumi/pulumi";

/** What every output has, although Pulumi's types do not say so. */
interface Pending {
  promise?(): Promise<unknown>;
}

/**
 * Calls a function of a provider. If it fails, the program ends with the provider's message alone. Pulumi shows the
 * stack of an error in place of its message, and this one would be that of its SDK.
 */
export function lookUp<Result>(
  token: string,
  args: object,
  options: InvokeOptions,
): Output<Result> {
  const found: Output<Result> = runtime.invokeOutput(token, { ...args }, options);
  void (found as Pending).promise?.().catch((failure: unknown) => {
    if (failure instanceof Error) failure.stack = "";
    throw failure;
  });
  return found;
}

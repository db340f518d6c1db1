import type { ProviderResource, Resource } from "@pulumi/pulumi";
import { Program } from "../program";

interface ProviderOptions {
  readonly provider?: ProviderResource;
  readonly parent?: Resource;
}

/**
 * The options of a resource or function. If neither they nor the parent name a provider, the program's provider is
 * used.
 */
export function withProgramProvider<O extends ProviderOptions>(type: string, options: O): O {
  const named = options.provider ?? options.parent?.getProvider(type);
  if (named !== undefined) return options;
  const provider = Program.current().providerFor(type);
  return provider === undefined ? options : { ...options, provider };
}

import type { PulumiEngine } from "../../examples/demo/pulumi-engine";
import { TestGitLab } from "./gitlab";
import { cleanUpPulumi, pulumiStack, type PulumiStack } from "./pulumi";

type Options = Parameters<typeof pulumiStack>[3];

export interface PulumiPlatform {
  /** The stand-in of the test that runs. */
  readonly gitlab: TestGitLab;
  readonly ids: { readonly platform: number; readonly apps: number; readonly charts: number };
  stack(engine: PulumiEngine, program: string, options?: Options): Promise<PulumiStack>;
}

/** A stand-in of its own for each test of a file, with a small platform in it. */
export function usePulumiPlatform(): PulumiPlatform {
  let gitlab: TestGitLab;
  let ids: PulumiPlatform["ids"];
  beforeEach(async () => {
    gitlab = await TestGitLab.start();
    ids = await gitlab.platform();
  });
  afterEach(async () => {
    cleanUpPulumi();
    await gitlab.close();
  });
  return {
    get gitlab() {
      return gitlab;
    },
    get ids() {
      return ids;
    },
    stack: (engine, program, options) => pulumiStack(engine, gitlab, program, options),
  };
}

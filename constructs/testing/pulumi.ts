import type { runtime } from "@pulumi/pulumi";
import type { Declarations } from "./declarations";
import { readDeclarations } from "./read/declarations";
import { FoundResources } from "./read/resource";
import { Recording, type ResourceMocks } from "./recording";

type Runtime = typeof runtime;

/** The project and stack that the program runs in, and the mocks for other resources. */
export interface RecordOptions {
  /**
   * The name of the project.
   * @default "project"
   */
  readonly project?: string;
  /**
   * The name of the stack.
   * @default "stack"
   */
  readonly stack?: string;
  /**
   * Mocks for resources and functions of other providers, as `pulumi.runtime.setMocks` takes them.
   * @default - a resource returns its inputs, and its id is a reference such as `${aws_bucket.logs.id}`
   */
  readonly mocks?: ResourceMocks;
}

/**
 * Runs a Pulumi program against mocks and returns what it declares. It starts no engine and no provider, and sends no
 * requests. Pulumi has one set of mocks per process: await one recording before the next.
 * @param program the code that declares the resources, such as `declarePlatform` or `() => import("./index")`
 * @throws what the program throws, such as an `InvalidDeclarationError`
 */
export async function recordDeclarations(
  program: () => unknown,
  { project = "project", stack = "stack", mocks = {} }: RecordOptions = {},
): Promise<Declarations> {
  // Only who has a Pulumi program has Pulumi.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { runtime } = require("@pulumi/pulumi") as { readonly runtime: Runtime };
  const recording = new Recording(mocks, (value) => withoutSecrets(runtime, value));
  await runtime.setMocks(recording, project, stack);
  await run(runtime, program);
  return readDeclarations(new FoundResources(recording.found, recording.numbers));
}

/** An exception of the program is kept until the end: thrown inside, it would end the process. */
async function run(runtime: Runtime, program: () => unknown): Promise<void> {
  const failures: unknown[] = [];
  await runtime.runInPulumiStack(async () => {
    try {
      await program();
    } catch (failure) {
      failures.push(failure);
    }
  });
  await runtime.disconnect();
  if (failures.length > 0) throw failures[0];
}

/** Pulumi wraps a secret, and any value that contains one. */
function withoutSecrets(runtime: Runtime, value: unknown): unknown {
  if (runtime.isRpcSecret(value)) return withoutSecrets(runtime, runtime.unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(runtime, each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutSecrets(runtime, inner)]),
  );
}

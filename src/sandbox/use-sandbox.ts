import type { SandboxOptions } from "./options";
import { startSandbox, type Sandbox } from "./start";

type Hook = (run: () => unknown) => unknown;

/** The hooks of a test runner. Jest has them as globals, and so has Vitest with `globals: true`. */
export interface TestHooks {
  /** Runs once, before the first test. */
  readonly beforeAll: Hook;
  /** Runs once, after the last test. */
  readonly afterAll: Hook;
  /** Runs before each test. */
  readonly beforeEach: Hook;
}

/** Options of a stand-in for tests. */
export interface UseSandboxOptions extends SandboxOptions {
  /** @default the globals of the test runner */
  readonly hooks?: TestHooks;
}

/** The stand-in of a test file. Its properties are available from `beforeAll` on. */
export type SandboxHandle = Pick<Sandbox, "url" | "token" | "control">;

/** One stand-in for the tests of a file or of a `describe`: reset before each of them, stopped after the last. */
export function useSandbox({ hooks, ...options }: UseSandboxOptions = {}): SandboxHandle {
  const { beforeAll, afterAll, beforeEach } = hooks ?? globalHooks();
  let sandbox: Sandbox | undefined;
  const running = () => {
    if (sandbox === undefined) throw new Error("The sandbox runs only while tests do.");
    return sandbox;
  };
  /** Runs once, before the first test. */
  beforeAll(async () => {
    sandbox = await startSandbox(options);
  });
  beforeEach(() => running().control.reset());
  /** Runs once, after the last test. */
  afterAll(async () => {
    await sandbox?.close();
    sandbox = undefined;
  });
  return {
    get url() {
      return running().url;
    },
    get token() {
      return running().token;
    },
    get control() {
      return running().control;
    },
  };
}

function globalHooks(): TestHooks {
  const found = globalThis as Partial<TestHooks>;
  const { beforeAll, afterAll, beforeEach } = found;
  if (beforeAll && afterAll && beforeEach) return { beforeAll, afterAll, beforeEach };
  throw new Error(
    "useSandbox found no global beforeAll, afterAll and beforeEach. Pass the test runner's own as `hooks`.",
  );
}

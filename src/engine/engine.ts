export type EngineName = "terraform" | "tofu" | "pulumi";

/** A plan that its engine keeps, to be read and then applied as it is. */
export interface SavedPlan {
  /** What `terraform show -json` or `pulumi preview --json` prints of it. It holds what the state holds. */
  readonly json: string;
  /** Applies this plan and nothing else. */
  apply(): Promise<void>;
}

/** What an engine can be asked without it changing anything. `lock` takes the state's lock and gives it back. */
export type Question = "version" | "init" | "state" | "lock";

/** What it said. Nothing of it was printed. */
export interface Reply {
  readonly succeeded: boolean;
  /** Standard output. */
  readonly text: string;
  /** Why it failed, in its own words. */
  readonly words: string;
}

/** An engine at work on one configuration. What it prints goes to standard error. */
export interface Engine {
  readonly name: EngineName;
  /** Its program as a person would start it, such as `terraform`. */
  readonly command: string;
  /** Where the configuration is. */
  readonly folder: string;
  /** Makes the folder ready: providers and backend, with the versions of the lock file. */
  init(): Promise<void>;
  /** @param targets the engine's names of the only resources to plan; none for all */
  plan(targets?: readonly string[]): Promise<SavedPlan>;
  /** What the state holds, as `glsa calendar` and `glsa audit` read it. */
  state(): Promise<string>;
  /** Asks in silence; undefined where this engine has no such command. */
  ask(question: Question): Promise<Reply | undefined>;
  /** Removes the plans that were kept. */
  close(): void;
}

export interface EngineSettings {
  readonly folder: string;
  /** How long to wait while another run holds the state, such as `10m`. */
  readonly lockTimeout: string;
  /** A workspace, or a stack of Pulumi; where it is left out, what the engine takes. */
  readonly stack: string | undefined;
}

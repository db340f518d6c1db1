export type EngineName = "terraform" | "tofu" | "pulumi";

/** A plan that its engine keeps, to be read and then applied as it is. */
export interface SavedPlan {
  /** What `terraform show -json` or `pulumi preview --json` prints of it. It holds what the state holds. */
  readonly json: string;
  /** Applies this plan and nothing else. */
  apply(): Promise<void>;
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

import { askEngine } from "./ask-engine";
import type { Engine, EngineSettings, Question, Reply, SavedPlan } from "./engine";
import { PlanFolder } from "./plan-folder";
import { runEngine } from "./run-engine";

/** Terraform or OpenTofu: a plan is saved, shown and applied as it is, under the state's lock. */
export class TerraformEngine implements Engine {
  private readonly plans = new PlanFolder();

  constructor(
    readonly name: "terraform" | "tofu",
    private readonly settings: EngineSettings,
  ) {}

  get command(): string {
    return this.name;
  }

  get folder(): string {
    return this.settings.folder;
  }

  async init(): Promise<void> {
    await this.run(["init", "-input=false", "-lockfile=readonly"]);
  }

  async plan(targets: readonly string[] = []): Promise<SavedPlan> {
    const file = this.plans.next();
    const chosen = targets.map((target) => `-target=${target}`);
    await this.run(["plan", "-input=false", this.lockTimeout, `-out=${file}`, ...chosen]);
    const json = await this.run(["show", "-json", file], true);
    const apply = async () => {
      await this.run(["apply", "-input=false", this.lockTimeout, file]);
    };
    return { json, apply };
  }

  state(): Promise<string> {
    return this.run(["show", "-json"], true);
  }

  ask(question: Question): Promise<Reply> {
    const { cwd, env } = this.surroundings;
    // Nothing asks a registry of the vendor whether there is a newer engine.
    const quiet = { ...env, CHECKPOINT_DISABLE: "1" };
    return askEngine(this.command, QUESTIONS[question], { cwd, env: quiet });
  }

  close(): void {
    this.plans.remove();
  }

  private get lockTimeout(): string {
    return `-lock-timeout=${this.settings.lockTimeout}`;
  }

  private run(parameters: readonly string[], capture = false): Promise<string> {
    return runEngine(this.command, parameters, { ...this.surroundings, capture });
  }

  private get surroundings() {
    const { folder, stack } = this.settings;
    const env = {
      TF_IN_AUTOMATION: "1",
      ...(stack !== undefined && { TF_WORKSPACE: stack }),
    };
    return { cwd: folder, env };
  }
}

/** The plan of a resource that nothing declares begins, takes the lock, and asks no provider. */
const NOTHING = "glsa_nothing.asked";

const QUESTIONS: Readonly<Record<Question, readonly string[]>> = {
  version: ["version", "-json"],
  init: ["init", "-input=false", "-no-color", "-lockfile=readonly"],
  state: ["show", "-no-color", "-json"],
  lock: [
    "plan",
    "-input=false",
    "-no-color",
    "-refresh=false",
    "-lock-timeout=0s",
    `-target=${NOTHING}`,
  ],
};

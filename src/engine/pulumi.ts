import { askEngine } from "./ask-engine";
import type { Engine, EngineSettings, Question, Reply, SavedPlan } from "./engine";
import { PlanFolder } from "./plan-folder";
import { runEngine } from "./run-engine";

/** Pulumi: an update is held to the plan of its preview, and does nothing that is not in it. */
export class PulumiEngine implements Engine {
  readonly name = "pulumi";
  readonly command = "pulumi";
  private readonly plans = new PlanFolder();

  constructor(private readonly settings: EngineSettings) {}

  get folder(): string {
    return this.settings.folder;
  }

  /** A program's packages are installed by its own tools. */
  async init(): Promise<void> {}

  async plan(targets: readonly string[] = []): Promise<SavedPlan> {
    const file = this.plans.next();
    const chosen = targets.flatMap((target) => ["--target", target]);
    const parameters = ["preview", "--json", "--show-sames", "--save-plan", file, ...chosen];
    const json = await this.run(parameters, true);
    const apply = async () => {
      await this.run(["up", "--yes", "--skip-preview", "--plan", file, ...chosen]);
    };
    return { json, apply };
  }

  state(): Promise<string> {
    return this.run(["stack", "export"], true);
  }

  /** It takes the stack's lock with an update alone. */
  async ask(question: Question): Promise<Reply | undefined> {
    const { cwd, options } = this.surroundings;
    if (question === "version") return askEngine(this.command, ["version"], { cwd });
    if (question !== "state") return undefined;
    return askEngine(this.command, ["stack", "export", ...options], { cwd });
  }

  close(): void {
    this.plans.remove();
  }

  private run(parameters: readonly string[], capture = false): Promise<string> {
    const { cwd, options } = this.surroundings;
    // The stream of events holds no plan as a whole.
    const env = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: undefined };
    return runEngine(this.command, [...parameters, ...options], { cwd, env, capture });
  }

  private get surroundings() {
    const { folder, stack } = this.settings;
    const chosen = stack === undefined ? [] : ["--stack", stack];
    return { cwd: folder, options: [...chosen, "--non-interactive", "--color=never"] };
  }
}

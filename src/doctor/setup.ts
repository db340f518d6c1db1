import { findEngine, type Engine, type EngineName, type Reply } from "../engine";
import { DEFAULT_BASE_URL, GitLab } from "../gitlab";
import { LOOK_RETRIES } from "../http";
import { Inventory } from "../inventory";
import { touchedIn, type DeclaredContainer, type Touched } from "../review";

/** What a run is to do with its token. */
export type Purpose = "plan" | "apply";

/** What an examination is given. */
export interface Given {
  readonly folder: string;
  readonly engine: EngineName | undefined;
  readonly stack: string | undefined;
  readonly purpose: Purpose;
  /** First lets the engine install what the lock file names. */
  readonly withInit: boolean;
  /** Plans or states as JSON, which say what is needed; without them the engine's state does. */
  readonly plans: readonly string[];
  /** Groups and projects in which everything is to be possible. */
  readonly containers: readonly DeclaredContainer[];
  /** Overrides the environment's. */
  readonly baseUrl: string | undefined;
  readonly caFile: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Where engines look for providers if no setting names another place. */
  mirrorsOf(folder: string): readonly string[];
  readonly version: string;
  /** What this process runs on. */
  readonly runtime: Runtime;
}

export interface Runtime {
  readonly node: string;
  /** Whether it is an executable of a release, which brings along what it runs on. */
  readonly isExecutable: boolean;
}

/** The environment of one examination: each fact is found out once. */
export class Setup {
  private foundEngine: Engine | undefined;
  private client: GitLab | undefined;
  private knownInventory: Inventory | undefined;
  private readonly replies = new Map<string, Promise<Reply | undefined>>();
  /** Milliseconds by which this machine is ahead of GitLab, as of the first answer. */
  ahead: number | undefined;

  constructor(readonly given: Given) {}

  get environment(): NodeJS.ProcessEnv {
    return this.given.environment;
  }

  /** @throws CodedError where the folder has none */
  get engine(): Engine {
    const { folder, engine, stack } = this.given;
    this.foundEngine ??= findEngine({ folder, engine, stack, lockTimeout: "0s" });
    return this.foundEngine;
  }

  /** Asked once, however many checks need it. */
  ask(question: Parameters<Engine["ask"]>[0]): Promise<Reply | undefined> {
    const asked = this.replies.get(question) ?? this.engine.ask(question);
    this.replies.set(question, asked);
    return asked;
  }

  /** As the provider reads it where its block says nothing. */
  get baseUrl(): { readonly url: string; readonly from: string } {
    const { GITLAB_BASE_URL: own, CI_SERVER_URL: ofJob } = this.environment;
    if (this.given.baseUrl) return { url: this.given.baseUrl, from: "--base-url" };
    if (own) return { url: own, from: "GITLAB_BASE_URL" };
    if (ofJob) return { url: ofJob, from: "CI_SERVER_URL" };
    return { url: DEFAULT_BASE_URL, from: "the default" };
  }

  get token(): string {
    return (this.environment["GITLAB_TOKEN"] ?? "").trim();
  }

  get gitlab(): GitLab {
    const { version, caFile } = this.given;
    this.client ??= new GitLab({
      baseUrl: this.baseUrl.url,
      token: this.token,
      userAgent: `glsa/${version}`,
      caSetting: "--ca-file",
      retries: LOOK_RETRIES,
      ...(caFile !== undefined && { caFile }),
    });
    return this.client;
  }

  get inventory(): Inventory {
    this.knownInventory ??= new Inventory(this.gitlab);
    return this.knownInventory;
  }

  /** What an apply deals with; only after the check "state". */
  async touched(): Promise<Touched> {
    const { plans } = this.given;
    const texts = plans.length > 0 ? plans : [(await this.ask("state"))?.text ?? ""];
    const all = texts.map(touchedIn);
    return {
      owners: all.flatMap(({ owners }) => owners),
      memberships: all.flatMap(({ memberships }) => memberships),
      tokens: all.flatMap(({ tokens }) => tokens),
    };
  }

  async close(): Promise<void> {
    this.foundEngine?.close();
    await this.client?.close();
  }
}

import { glsaProvider } from "../../resources";
import {
  DiagnosticError,
  isUnknown,
  propose,
  sameValue,
  withNulls,
  type Attributes,
  type Diagnostic,
  type PrivateState,
  type ResourceType,
} from "../../provider/contract";

type Values = Record<string, unknown>;
type Context = ReturnType<typeof configure>;

/** One object as an engine keeps it. */
interface Kept {
  readonly state: string;
  readonly private: string;
  readonly isTainted: boolean;
}

/** A resource as it is written; a function of the other objects' states if it refers to them. */
export interface Declared {
  readonly address: string;
  readonly type:
    "glsa_service_account" | "glsa_access_token" | "glsa_membership" | "glsa_memberships";
  readonly config: (states: ReadonlyMap<string, Values>) => Values;
}

export type Action = "none" | "create" | "update" | "replace";

export interface RunResult {
  readonly actions: ReadonlyMap<string, Action>;
  readonly planned: ReadonlyMap<string, Values>;
  readonly diagnostics: readonly Diagnostic[];
}

const provider = glsaProvider("0.0.0");

function configure(settings: Values, stateName: string) {
  const config = withNulls(provider.schema.attributes, settings) as never;
  return provider.configure(config, { stateName: () => stateName });
}

/**
 * Does in this process what an engine does: refresh, plan, plan again, apply, one object after the other, with the
 * engine's own consistency rules. State and private state are JSON in between.
 */
export class Driver {
  private kept = new Map<string, Kept>();
  private readonly contexts: Context[] = [];

  constructor(
    public settings: Values,
    public declared: readonly Declared[],
    private readonly stateName = "default",
  ) {}

  values(address: string): Values | undefined {
    const kept = this.kept.get(address);
    return kept === undefined ? undefined : (JSON.parse(kept.state) as Values);
  }

  /** The contents of an engine's state backend, to be restored later. */
  snapshot(): ReadonlyMap<string, Kept> {
    return new Map(this.kept);
  }

  restore(snapshot: ReadonlyMap<string, Kept>): void {
    this.kept = new Map(snapshot);
  }

  /** Ends everything that a dead provider would still wait for. */
  stop(): void {
    for (const context of this.contexts) provider.stop?.(context);
  }

  /** Takes an object over by its id, as an engine's import does. The next run reads the rest of it. */
  async import(address: string, id: string): Promise<void> {
    const declared = this.declared.find((one) => one.address === address);
    if (declared === undefined) throw new Error(`there is no declaration "${address}"`);
    const problems = await this.walk().import(declared, id);
    if (problems.length > 0) throw new DiagnosticError(...problems);
  }

  /** Each run is a provider process of its own. */
  private walk(): Walk {
    const context = configure(this.settings, this.stateName);
    this.contexts.push(context);
    return new Walk(this.kept, context);
  }

  /** Refreshes and plans. Nothing is stored, as with `plan` on the command line. */
  async plan(): Promise<RunResult> {
    const before = this.snapshot();
    try {
      const run = this.walk();
      for (const declared of this.declared) await run.refreshAndPlan(declared);
      return run;
    } finally {
      this.restore(before);
    }
  }

  /** Errors of one object do not stop the others, except those that refer to it. */
  async apply(): Promise<RunResult> {
    const run = this.walk();
    for (const declared of this.declared) {
      const planned = await run.refreshAndPlan(declared);
      if (planned) await run.apply(declared);
    }
    return run;
  }

  /** The declarations in reverse order. */
  async destroy(): Promise<RunResult> {
    const run = this.walk();
    for (const declared of [...this.declared].reverse()) {
      if (await run.refresh(declared)) await run.delete(declared);
    }
    return run;
  }
}

class Walk implements RunResult {
  readonly actions = new Map<string, Action>();
  readonly planned = new Map<string, Values>();
  readonly diagnostics: Diagnostic[] = [];
  private readonly failed = new Set<string>();
  private readonly warnings = new Map<string, readonly Diagnostic[]>();

  constructor(
    private readonly kept: Map<string, Kept>,
    private readonly context: Context,
  ) {}

  /** The reason of the refusal. */
  async import(declared: Declared, id: string): Promise<readonly Diagnostic[]> {
    const { address } = declared;
    const type = typeOf(declared);
    const imported = await this.attempt(address, () => type.importState?.(id, this.context));
    if (imported === undefined) return this.diagnostics;
    const state = withNulls(type.schema.attributes, imported.state);
    this.keep(address, state, imported.private ?? null, false);
    await this.refresh(declared);
    return this.diagnostics;
  }

  /** False if reading failed. */
  async refresh(declared: Declared): Promise<boolean> {
    const { address } = declared;
    const kept = this.kept.get(address);
    if (kept === undefined) return true;
    const result = await this.attempt(address, () =>
      typeOf(declared).read(
        { state: JSON.parse(kept.state) as never, private: parsePrivate(kept) },
        this.context,
      ),
    );
    if (result === undefined) return false;
    if (result === null) this.kept.delete(address);
    else this.keep(address, result.state, result.private ?? parsePrivate(kept), kept.isTainted);
    return true;
  }

  async refreshAndPlan(declared: Declared): Promise<boolean> {
    const { address } = declared;
    if (!(await this.refresh(declared))) return false;
    const first = await this.attempt(address, () => this.planOnce(declared));
    if (first === undefined) return false;
    const second = await this.attempt(address, () => this.planOnce(declared));
    if (second === undefined) return false;
    if (JSON.stringify(second) !== JSON.stringify(first)) {
      throw new Error(`${address}: the second plan differs from the first`);
    }
    this.note(address, this.warnings.get(address));
    const prior = this.values(address);
    if (prior === undefined) this.actions.set(address, "create");
    else if (first.replace || this.kept.get(address)?.isTainted)
      this.actions.set(address, "replace");
    else this.actions.set(address, sameValue(first.planned, prior) ? "none" : "update");
    this.planned.set(address, first.planned);
    return true;
  }

  async apply(declared: Declared): Promise<void> {
    const { address } = declared;
    const action = this.actions.get(address);
    if (action === "none") return;
    if (action === "replace") {
      await this.delete(declared);
      if (this.kept.has(address)) return;
      await this.refreshAndPlan(declared);
    }
    const planned = this.planned.get(address) ?? {};
    const kept = this.kept.get(address);
    const config = this.configOf(declared) as never;
    const type = typeOf(declared);
    const result = await this.attempt(address, () =>
      kept === undefined
        ? type.create({ config, planned: planned as never }, this.context)
        : type.update(
            {
              config,
              planned: planned as never,
              prior: JSON.parse(kept.state) as never,
              private: parsePrivate(kept),
            },
            this.context,
          ),
    );
    if (result === undefined) return;
    const hasErrors = (result.diagnostics ?? []).some(({ severity }) => severity === "error");
    this.note(address, result.diagnostics);
    if (!hasErrors) assertAsPlanned(address, planned, result.state);
    const isTainted = kept === undefined && hasErrors;
    this.keep(address, result.state, result.private ?? null, isTainted);
  }

  async delete(declared: Declared): Promise<void> {
    const { address } = declared;
    const kept = this.kept.get(address);
    if (kept === undefined) return;
    const type = typeOf(declared);
    const request = { prior: JSON.parse(kept.state) as never, private: parsePrivate(kept) };
    const deleted = await this.attempt(address, async () => {
      await type.planDelete?.(request, this.context);
      return type.delete(request, this.context);
    });
    if (deleted === undefined) return;
    this.note(address, deleted);
    this.kept.delete(address);
  }

  private async planOnce(declared: Declared): Promise<{ planned: Values; replace: boolean }> {
    const { address } = declared;
    const type = typeOf(declared);
    const kept = this.kept.get(address);
    const config = this.configOf(declared);
    this.refuse(type.validate?.(config as never));
    const prior = kept === undefined || kept.isTainted ? null : (JSON.parse(kept.state) as Values);
    const proposed = propose(type.schema, config as never, prior as never);
    const result = (await type.plan?.(
      {
        config: config as never,
        prior: prior as never,
        private: prior === null || kept === undefined ? null : parsePrivate(kept),
        proposed,
      },
      this.context,
    )) ?? { planned: proposed };
    this.refuse(result.diagnostics);
    this.warnings.set(address, result.diagnostics ?? []);
    assertPlannable(address, type.schema.attributes, config, prior, result.planned);
    return { planned: result.planned, replace: (result.replace ?? []).length > 0 };
  }

  private configOf(declared: Declared): Values {
    const states = new Map<string, Values>();
    for (const address of this.kept.keys()) states.set(address, this.values(address) ?? {});
    return withNulls(typeOf(declared).schema.attributes, declared.config(states));
  }

  private values(address: string): Values | undefined {
    const kept = this.kept.get(address);
    return kept === undefined ? undefined : (JSON.parse(kept.state) as Values);
  }

  private refuse(found: readonly Diagnostic[] = []): void {
    const errors = found.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new DiagnosticError(...errors);
  }

  private keep(
    address: string,
    state: unknown,
    privateState: PrivateState | null,
    isTainted: boolean,
  ): void {
    const json = JSON.stringify(state);
    if (json.includes("known after apply")) throw new Error(`${address}: unknown after apply`);
    this.kept.set(address, { state: json, private: JSON.stringify(privateState), isTainted });
  }

  /** Undefined if a step failed in a way that is reported to users. Anything else is a bug and thrown. */
  private async attempt<T>(address: string, work: () => T | Promise<T>): Promise<T | undefined> {
    if (this.failed.size > 0) return undefined;
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      this.failed.add(address);
      this.note(address, cause.diagnostics);
      return undefined;
    }
  }

  private note(address: string, found: readonly Diagnostic[] = []): void {
    this.diagnostics.push(
      ...found.map((each) => ({ ...each, detail: `${address}: ${each.detail}` })),
    );
  }
}

function typeOf({ type }: Declared): ResourceType<Context> {
  const found = provider.resources[type];
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found;
}

function parsePrivate(kept: Kept): PrivateState | null {
  return JSON.parse(kept.private) as PrivateState | null;
}

/** A written value is planned as written, or as it was before. */
function assertPlannable(
  address: string,
  attributes: Attributes,
  config: Values,
  prior: Values | null,
  planned: Values,
): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const written = config[name];
    const isNested = "attributes" in attribute;
    if (isNested || (written === null && attribute.computed)) continue;
    if (sameValue(planned[name], written)) continue;
    const isKept = prior !== null && prior[name] !== null && sameValue(planned[name], prior[name]);
    if (!isKept) {
      throw new Error(`${address}: ${name} is planned against the configuration`);
    }
  }
}

/** A value that was planned as known has that value. */
function assertAsPlanned(address: string, planned: Values, state: Values): void {
  for (const [name, value] of Object.entries(planned)) {
    if (isUnknown(value) || sameValue(value, state[name])) continue;
    throw new Error(
      `${address}: ${name} was planned as ${JSON.stringify(value)} and is ${JSON.stringify(state[name])}`,
    );
  }
}

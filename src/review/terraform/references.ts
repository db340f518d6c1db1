import { kindOf } from "../types";
import type {
  Expression,
  ModuleConfiguration,
  PlanDocument,
  ResourceChange,
  ResourceConfiguration,
} from "./document";

/** One step into a module, `module.team["a"]`: its name and the key of its instance. */
interface ModuleStep {
  readonly name: string;
  readonly key: string | undefined;
}

/** The place in the configuration from which an expression is read. */
interface Place {
  readonly modules: readonly ModuleStep[];
  /** The instance that the expression is evaluated for. */
  readonly key: string | undefined;
  /** What its `each` runs over. */
  readonly forEach: Expression | undefined;
}

const MODULE_STEP = /^module\.([^.[]+)(?:\[("(?:[^"\\]|\\.)*"|\d+)\])?\.?/;
/** Modules that hand an id on from one to the next; a configuration that goes deeper is not followed. */
const DEEPEST = 20;

/**
 * Which account an unknown attribute will take its value from, by what the configuration refers to. Locals and
 * functions stand in no plan, so that what goes through them stays unresolved.
 */
export class References {
  private readonly root: ModuleConfiguration;
  private readonly accounts: ReadonlySet<string>;
  /** Addresses with a key, by what is before it. */
  private readonly instances = new Map<string, string[]>();
  private readonly resources = new Map<ModuleConfiguration, Map<string, ResourceConfiguration>>();

  constructor(document: PlanDocument) {
    this.root = document.configuration?.root_module ?? {};
    const changes = (document.resource_changes ?? []).filter(
      ({ type, mode }) => mode !== "data" && kindOf(type) === "account",
    );
    this.accounts = new Set(changes.map(({ address }) => address));
    for (const { address, index } of changes) {
      if (index === undefined) continue;
      const path = address.slice(0, -JSON.stringify(index).length - 2);
      const known = this.instances.get(path);
      if (known === undefined) this.instances.set(path, [address]);
      else known.push(address);
    }
  }

  /** The address of an account in this plan. */
  accountOf(change: ResourceChange, attribute: string): string | undefined {
    const modules = stepsOf(change.module_address ?? "");
    const found = this.declaration(modules, `${change.type}.${change.name}`);
    const expression = found?.expressions?.[attribute];
    if (found === undefined || expression === undefined) return undefined;
    const key = change.index === undefined ? undefined : JSON.stringify(change.index);
    return this.follow(expression, { modules, key, forEach: found.for_each_expression }, 0);
  }

  private follow(expression: Expression, place: Place, depth: number): string | undefined {
    if (depth > DEEPEST) return undefined;
    const found = (expression.references ?? []).flatMap(
      (reference) => this.target(reference, place, depth) ?? [],
    );
    const [first] = found;
    // More than one account in an expression: which of them is meant, only the apply will tell.
    return found.every((address) => address === first) ? first : undefined;
  }

  private target(reference: string, place: Place, depth: number): string | undefined {
    const each = /^each\.value(\.|$)/.test(reference) ? reference.slice("each.value".length) : null;
    if (each !== null) return this.eachValue(each, place, depth);
    const variable = /^var\.([^.[]+)/.exec(reference)?.[1];
    if (variable !== undefined) return this.argument(variable, place, depth);
    if (reference.startsWith("module.")) return this.output(reference, place, depth);
    return this.resource(reference, place);
  }

  /** Where `each` runs over a module, what follows is one of the module's outputs. */
  private eachValue(path: string, place: Place, depth: number): string | undefined {
    const references = (place.forEach?.references ?? []).map((reference) =>
      /^module\.[^.]+$/.test(reference) ? `${reference}${path}` : reference,
    );
    return this.follow({ references }, { ...place, forEach: undefined }, depth + 1);
  }

  /** What the module above gives for a variable. */
  private argument(variable: string, { modules }: Place, depth: number): string | undefined {
    const step = modules.at(-1);
    const above = modules.slice(0, -1);
    const call = step && this.module(above)?.module_calls?.[step.name];
    const expression = call?.expressions?.[variable];
    if (step === undefined || expression === undefined) return undefined;
    const place = { modules: above, key: step.key, forEach: call?.for_each_expression };
    return this.follow(expression, place, depth + 1);
  }

  /** `module.team["a"].account`; without a key where an `each` chose the instance. */
  private output(reference: string, place: Place, depth: number): string | undefined {
    const [text = "", name = "", written] = MODULE_STEP.exec(reference) ?? [];
    const output = /^([^.[]+)/.exec(reference.slice(text.length))?.[1];
    for (const key of written === undefined ? [place.key, undefined] : [written]) {
      const modules = [...place.modules, { name, key }];
      const found = this.outputOf(modules, output, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Where the reference does not say which output, all of them have to lead to one account. */
  private outputOf(
    modules: readonly ModuleStep[],
    output: string | undefined,
    depth: number,
  ): string | undefined {
    const outputs = this.module(modules)?.outputs ?? {};
    const expressions = output === undefined ? Object.values(outputs) : [outputs[output]];
    const references = expressions.flatMap((each) => each?.expression?.references ?? []);
    return this.follow({ references }, { modules, key: undefined, forEach: undefined }, depth + 1);
  }

  /** `glsa_service_account.bot["a"].id` and the shorter `glsa_service_account.bot`, where an `each` or `count` chose. */
  private resource(reference: string, place: Place): string | undefined {
    const [, type = "", name = "", index] =
      /^([^.[]+)\.([^.[]+)(?:\[("(?:[^"\\]|\\.)*"|\d+)\])?/.exec(reference) ?? [];
    const path = [...place.modules.map(stepText), `${type}.${name}`].join(".");
    const candidates = [index, undefined, place.key].map((key) => withKey(path, key));
    return (
      candidates.find((address) => this.accounts.has(address)) ?? this.onlyInstance(path, index)
    );
  }

  private onlyInstance(path: string, index: string | undefined): string | undefined {
    if (index !== undefined) return undefined;
    const instances = this.instances.get(path) ?? [];
    return instances.length === 1 ? instances[0] : undefined;
  }

  private declaration(
    modules: readonly ModuleStep[],
    address: string,
  ): ResourceConfiguration | undefined {
    const module = this.module(modules);
    if (module === undefined) return undefined;
    const known = this.resources.get(module);
    const declared =
      known ?? new Map((module.resources ?? []).map((resource) => [resource.address, resource]));
    if (known === undefined) this.resources.set(module, declared);
    return declared.get(address);
  }

  private module(steps: readonly ModuleStep[]): ModuleConfiguration | undefined {
    return steps.reduce<ModuleConfiguration | undefined>(
      (module, { name }) => module?.module_calls?.[name]?.module,
      this.root,
    );
  }
}

function stepsOf(address: string): ModuleStep[] {
  const [text, name, key] = MODULE_STEP.exec(address) ?? [];
  if (text === undefined || name === undefined) return [];
  return [{ name, key }, ...stepsOf(address.slice(text.length))];
}

function stepText({ name, key }: ModuleStep): string {
  return withKey(`module.${name}`, key);
}

function withKey(path: string, key: string | undefined): string {
  return key === undefined ? path : `${path}[${key}]`;
}

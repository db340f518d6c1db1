import { Annotations, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { utcDate } from "../../src/model";
import {
  judge,
  type Facts,
  type Policy as PolicyInForce,
  type PolicySettings,
  type Severity,
} from "../../src/model/policy";
import {
  assertValid,
  findingProblem,
  policyBelow,
  policyOfFolder,
  problemText,
  readException,
  readOptions,
  type DeclarationProblem,
  type PolicyException,
  type PolicyOptions,
} from "../words";

const policies = new WeakMap<IConstruct, Policy>();
const declarations = new WeakMap<IConstruct, readonly PolicySettings[]>();
/** Registered by program: a search through all constructs of a stack would cost more than the checks themselves. */
const scopesWithPolicy = new WeakMap<IConstruct, Set<IConstruct>>();
const policiesOfFiles = new WeakMap<IConstruct, PolicyInForce>();

/**
 * Limits for the tokens, memberships and accounts below a construct. The outermost policy is the `glsa.config.json` in
 * the program's folder or above. Each policy further inside may only tighten it. Synth fails if a declaration breaks a
 * rule. The stack's provider checks plans by the policy of its own scope and with the exceptions of the whole stack.
 */
export class Policy {
  /** The policy declared at a construct, for the construct and everything below it. */
  static of(scope: IConstruct): Policy {
    const present = policies.get(scope);
    if (present !== undefined) return present;
    const policy = new Policy(scope);
    policies.set(scope, policy);
    scope.node.addValidation({ validate: () => policy.problems() });
    return policy;
  }

  private readonly declared: PolicySettings[] = [];

  private constructor(private readonly scope: IConstruct) {
    declarations.set(scope, this.declared);
    const { root } = scope.node;
    scopesWithPolicy.set(root, (scopesWithPolicy.get(root) ?? new Set()).add(scope));
  }

  /**
   * Makes rules stricter. A looser value than the inherited one is an error: immediately, or at synth if the inherited
   * value is declared later.
   */
  tighten(options: PolicyOptions): this {
    const { settings, problems } = readOptions(options);
    return this.declare(settings, problems);
  }

  /** Allows one object to break one rule until the end of a day. */
  except(exception: PolicyException): this {
    const { settings, problems } = readException(exception);
    return this.declare(settings, problems);
  }

  private declare(settings: PolicySettings, problems: readonly DeclarationProblem[]): this {
    const path = this.scope.node.path || "app";
    assertValid(path, problems);
    assertValid(path, policyBelow(policyAt(this.scope), [settings]).problems);
    this.declared.push(settings);
    return this;
  }

  /** The settings that are looser than those declared above them later on. */
  private problems(): string[] {
    const { scope: above } = this.scope.node;
    const inherited = above === undefined ? policyOfProgram(this.scope) : policyAt(above);
    return policyBelow(inherited, this.declared).problems.map(problemText);
  }
}

function declaredAt(scope: IConstruct): readonly PolicySettings[] {
  return declarations.get(scope) ?? [];
}

/** Whether anything inside the stack makes a construct's policy stricter than that of the stack's provider. */
export function isTightenedInside(construct: IConstruct): boolean {
  const { scopes } = construct.node;
  const inside = scopes.slice(scopes.indexOf(TerraformStack.of(construct)) + 1);
  return inside.some((scope) => declaredAt(scope).length > 0);
}

/** The policy in force at a construct. */
export function policyAt(scope: IConstruct): PolicyInForce {
  const declared = scope.node.scopes.flatMap(declaredAt);
  return policyBelow(policyOfProgram(scope), declared).policy;
}

/** The policy for a provider: that of its scope, with the exceptions of everything in its stack. */
export function policyOfProvider(provider: IConstruct): PolicyInForce {
  const policy = policyAt(provider);
  const stack = TerraformStack.of(provider);
  const scopes = [...(scopesWithPolicy.get(provider.node.root) ?? [])];
  const inside = scopes.filter((scope) => scope.node.scopes.includes(stack)).flatMap(declaredAt);
  const exceptions = inside.map((settings) => ({ exceptions: settings.exceptions ?? [] }));
  return policyBelow(policy, exceptions).policy;
}

/** The policy of the program's folder, read once per program. */
export function policyOfProgram(scope: IConstruct): PolicyInForce {
  const { root } = scope.node;
  const known = policiesOfFiles.get(root);
  if (known !== undefined) return known;
  const policy = policyOfFolder(process.cwd());
  policiesOfFiles.set(root, policy);
  return policy;
}

/** Makes synth check a declaration: an error fails synth, a warning becomes an annotation. */
export function judgeAtSynth(construct: IConstruct, factsOn: (today: string) => Facts): void {
  construct.node.addValidation({
    validate() {
      const today = utcDate(new Date());
      const context = { stage: "synth", today } as const;
      const { findings } = judge([factsOn(today)], policyAt(construct), context);
      const said = (wanted: Severity) =>
        findings
          .filter(({ severity }) => severity === wanted)
          .map((finding) => problemText(findingProblem(finding)));
      for (const text of said("warning")) Annotations.of(construct).addWarning(text);
      return said("error");
    },
  });
}

import { log, type Resource } from "@pulumi/pulumi";
import { utcDate } from "../../src/model";
import {
  judge,
  type Facts,
  type JudgingContext,
  type Policy as PolicyInForce,
  type PolicySettings,
} from "../../src/model/policy";
import { camelCase } from "../../src/official";
import {
  assertValid,
  at,
  findingProblem,
  policyBelow,
  policyOfFolder,
  problemText,
  providerPolicy,
  readException,
  readOptions,
  type DeclarationProblem,
  type PolicyException,
  type PolicyOptions,
} from "../words";
import { Program } from "./program";

/** What is declared in one scope. */
interface Declared {
  readonly settings: PolicySettings[];
  /** Whether a declaration was already checked by it, so that further settings come too late. */
  isUsed: boolean;
}

/** The policies of one run of a program. */
class ProgramPolicies {
  static current(): ProgramPolicies {
    const program = Program.current();
    const policies = policiesOfPrograms.get(program) ?? new ProgramPolicies();
    policiesOfPrograms.set(program, policies);
    return policies;
  }

  readonly outermost = policyOfFolder(process.cwd());
  hasProvider = false;
  private readonly places = new Map<Resource | undefined, Declared>();

  at(scope: Resource | undefined): Declared {
    const declared = this.places.get(scope) ?? { settings: [], isUsed: false };
    this.places.set(scope, declared);
    return declared;
  }

  /** The settings declared from the program down to a scope. */
  downTo(scope: Resource | undefined): Declared[] {
    const above = scope === undefined ? [] : this.downTo(parentOf(scope));
    return [...above, this.at(scope)];
  }

  get exceptions(): PolicySettings[] {
    return [...this.places.values()]
      .flatMap(({ settings }) => settings)
      .map(({ exceptions = [] }) => ({ exceptions }));
  }
}

const policiesOfPrograms = new WeakMap<Program, ProgramPolicies>();

/**
 * Limits for the tokens, memberships and accounts of a program, or below a component. The outermost policy is the
 * `glsa.config.json` in the program's folder or above. Each policy further inside may only tighten it. A declaration
 * that breaks a rule is an error immediately, so a policy must come before the declarations that it covers. The
 * settings of the whole program, and every exception, must come before the `GlsaProvider`, which checks plans by them.
 */
export class Policy {
  /**
   * @param scope a component; the policy covers everything below it
   * @default - the whole program
   */
  static of(scope?: Resource): Policy {
    return new Policy(scope);
  }

  private constructor(private readonly scope: Resource | undefined) {}

  /** Makes rules stricter. A looser value than the inherited one is an error. */
  tighten(options: PolicyOptions): this {
    const { settings, problems } = readOptions(options);
    const { hasProvider } = ProgramPolicies.current();
    return this.declare(settings, problems, this.scope === undefined && hasProvider);
  }

  /** Allows one object to break one rule until the end of a day. */
  except(exception: PolicyException): this {
    const { settings, problems } = readException(exception);
    return this.declare(settings, problems, ProgramPolicies.current().hasProvider);
  }

  private declare(
    settings: PolicySettings,
    problems: readonly DeclarationProblem[],
    isAfterProvider: boolean,
  ): this {
    const policies = ProgramPolicies.current();
    const path = this.scope === undefined ? "program" : nameOf(this.scope);
    const declared = policies.at(this.scope);
    assertValid(path, [...problems, ...lateness(declared.isUsed, isAfterProvider)]);
    const above = policies.downTo(this.scope).flatMap((each) => each.settings);
    const inherited = policyBelow(policies.outermost, above).policy;
    assertValid(path, policyBelow(inherited, [settings]).problems);
    declared.settings.push(settings);
    return this;
  }
}

function lateness(isUsed: boolean, isAfterProvider: boolean): DeclarationProblem[] {
  if (!isUsed && !isAfterProvider) return [];
  const what = isUsed ? "the declarations that it covers" : "the GlsaProvider";
  return at("policy", {
    code: "policy-too-late",
    summary: "The policy comes too late",
    detail: `The policy must come before ${what} in the program, which was declared without it. Move it up.`,
  });
}

/** Checks a declaration: an error ends the program, a warning goes to the engine. */
export function judgeDeclaration(
  { path, parent }: { readonly path: string; readonly parent: Resource | undefined },
  factsOn: (today: string) => Facts,
): void {
  const { policy, ...context } = judgingAt(parent);
  const { findings } = judge([factsOn(context.today)], policy, context);
  for (const finding of findings.filter(({ severity }) => severity === "warning")) {
    void log.warn(`[${path}] ${problemText(findingProblem(finding))}`);
  }
  const errors = findings.filter(({ severity }) => severity === "error");
  assertValid(path, errors.map(findingProblem));
}

/** The policy that a declaration is checked by. After this call nothing may be added to it. */
export function judgingAt(
  parent: Resource | undefined,
): JudgingContext & { readonly policy: PolicyInForce } {
  const policies = ProgramPolicies.current();
  const places = policies.downTo(parent);
  for (const place of places) place.isUsed = true;
  const settings = places.flatMap((place) => place.settings);
  const { policy } = policyBelow(policies.outermost, settings);
  return { policy, stage: "synth", today: utcDate(new Date()) };
}

/** The program's policy for its provider, with every exception so far. Undefined if it is the default. */
export function policyForProvider(): Readonly<Record<string, unknown>> | undefined {
  const policies = ProgramPolicies.current();
  policies.hasProvider = true;
  const declared = [...policies.at(undefined).settings, ...policies.exceptions];
  const policy: PolicyInForce = policyBelow(policies.outermost, declared).policy;
  const written = providerPolicy(policy, policies.outermost);
  if (written === undefined) return undefined;
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [camelCase(key), value]));
}

/** Resources know their parents; the type declarations do not show it. */
function parentOf(resource: Resource): Resource | undefined {
  return (resource as unknown as { readonly __parentResource?: Resource }).__parentResource;
}

function nameOf(resource: Resource): string {
  return (resource as unknown as { readonly __name?: string }).__name ?? "component";
}

import type { UtcDate } from "../dates";
import { mayBeNamed, RUN_ADDRESS } from "./address";
import type { Exception } from "./exception";
import type { Facts } from "./facts";
import type { Finding } from "./finding";
import type { OpenQuestion } from "./open-question";
import type { Policy, Strictness } from "./policy";
import { RULES, type Rule } from "./rules";
import type { Stage } from "./rule-name";

export interface Judgement {
  /** The findings that apply. One with an `exception` is past that exception's last day. */
  readonly findings: readonly Finding[];
  /** The findings that an exception covers today. */
  readonly excepted: readonly Finding[];
}

export interface JudgingContext {
  readonly stage: Stage;
  /** The day by which exceptions are checked: the server's if it is known. */
  readonly today: UtcDate;
}

/** Checks objects, and a run, by every rule of the stage. */
export function judge(
  facts: readonly Facts[],
  policy: Policy,
  { stage, today }: JudgingContext,
): Judgement {
  const findings: Finding[] = [];
  const excepted: Finding[] = [];
  for (const object of facts) {
    for (const finding of findingsOf(object, policy, stage)) {
      const exception = exceptionOf(finding, policy.exceptions);
      if (exception === undefined) findings.push(finding);
      else if (exception.until >= today) excepted.push({ ...finding, exception });
      else findings.push(withExpired(finding, exception));
    }
  }
  return { findings, excepted };
}

function findingsOf(facts: Facts, policy: Policy, stage: Stage): Finding[] {
  return RULES.flatMap((rule) => {
    if (rule.judges !== facts.kind || !rule.stages.includes(stage)) return [];
    const severity = strictnessOf(rule, policy);
    if (severity === "off") return [];
    const breach = rule.breach(facts, policy);
    return breach === undefined ? [] : [{ rule: rule.name, severity, ...named(facts), ...breach }];
  });
}

/** The rules of the stage that nothing breaks so far, and that depend on a value that is not known yet. */
export function openQuestions(
  facts: readonly Facts[],
  policy: Policy,
  { stage, today }: JudgingContext,
): OpenQuestion[] {
  return facts.flatMap((object) => {
    if (object.kind === "run" || object.unknown === undefined) return [];
    const { label, address, unknown } = object;
    return RULES.flatMap((rule) => {
      if (rule.judges !== object.kind || !rule.stages.includes(stage)) return [];
      if (strictnessOf(rule, policy) === "off" || rule.breach(object, policy) !== undefined)
        return [];
      const attribute = rule.reads?.(object, policy).find((each) => unknown.includes(each));
      if (attribute === undefined) return [];
      const exception = exceptionOf({ rule: rule.name, address }, policy.exceptions);
      if (exception !== undefined && exception.until >= today) return [];
      return [{ rule: rule.name, object: label, address, attribute }];
    });
  });
}

/** The severity that a policy gives to a rule. */
export function strictnessOf(rule: Rule, policy: Policy): Strictness {
  return policy.severity[rule.name] ?? rule.severity;
}

function named(facts: Facts): Pick<Finding, "object" | "address"> {
  if (facts.kind === "run") return { object: "this run", address: RUN_ADDRESS };
  return { object: facts.label, address: facts.address };
}

/** The exception for a finding with the latest end. */
function exceptionOf(
  { rule, address }: Pick<Finding, "rule" | "address">,
  exceptions: readonly Exception[],
): Exception | undefined {
  return exceptions
    .filter((exception) => exception.rule === rule && mayBeNamed(address, exception.object))
    .sort((left, right) => right.until.localeCompare(left.until))[0];
}

function withExpired(finding: Finding, exception: Exception): Finding {
  const { reason, until } = exception;
  return {
    ...finding,
    detail: `${finding.detail} Its exception ended on ${until} ("${reason}").`,
    exception,
  };
}

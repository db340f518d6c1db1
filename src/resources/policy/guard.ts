import { parseAccountId, utcDate, type AccountId } from "../../model";
import {
  findingSummary,
  findingText,
  judge,
  NO_REMOVALS,
  type Facts,
  type Finding,
  type PowerLoss,
  type Removals,
} from "../../model/policy";
import { error, warning, type AttributePath, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { serverNow } from "../shared/server-clock";

/** A planned object, for the policy to check. */
export interface Guarded {
  /** The account that it belongs to. Undefined while it is not known. */
  readonly account: AccountId | undefined;
  /** Exceptions name objects by username, which is read only if an exception may apply. */
  facts(username: string | undefined): Facts;
  /** Whether the plan changes what a rule found. A later policy does not stop unchanged objects. */
  isChanged(attribute: string | null): boolean;
  /** The place of an attribute that is not the resource's own. */
  readonly path?: AttributePath;
}

/** The policy's findings for an object that is created, changed or unchanged. */
export async function judgeObject(guarded: Guarded, context: Context): Promise<Diagnostic[]> {
  const { findings, files } = await findingsOf(
    (username) => guarded.facts(username),
    guarded.account,
    context,
  );
  return findings.map((finding) => {
    const { path: within = [] } = guarded;
    const path = finding.attribute === null ? undefined : [...within, finding.attribute];
    return asDiagnostic(finding, files, {
      path,
      isChanged: guarded.isChanged(finding.attribute),
    });
  });
}

/** An object that is removed. */
export interface Removed {
  readonly kind: keyof Removals;
  readonly id: string;
  /** Whether the run's own token belongs to this account. */
  readonly isOwnAccount: boolean;
  readonly powerLosses: readonly PowerLoss[];
}

/** The policy's findings for a run that removes one more object. */
export async function judgeRemoval(
  { kind, id, isOwnAccount, powerLosses }: Removed,
  context: Context,
): Promise<Diagnostic[]> {
  const removals = context.removals.add(kind, id);
  const facts: Facts = { kind: "run", removals, removesOwnAccount: isOwnAccount };
  const { findings, files } = await findingsOf(() => facts, undefined, context);
  const told = findings
    .filter(({ rule }) => rule !== "max-removals" || context.removals.isFirstTooMany(id))
    .map((finding) => asDiagnostic(finding, files));
  return [...told, ...(await judgePowerLosses(powerLosses, context))];
}

/** The same of several that have nothing to do with the run's own account. */
export async function judgeRemovals(
  ids: readonly string[],
  kind: Removed["kind"],
  context: Context,
): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const id of ids)
    found.push(
      ...(await judgeRemoval({ kind, id, isOwnAccount: false, powerLosses: [] }, context)),
    );
  return found;
}

/** What the policy says of a change that takes rights from the run itself. */
export async function judgePowerLosses(
  losses: readonly PowerLoss[],
  context: Context,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const powerLoss of losses) {
    const facts: Facts = { kind: "run", removals: NO_REMOVALS, powerLoss };
    const { findings, files } = await findingsOf(() => facts, undefined, context);
    for (const finding of findings) {
      const path = finding.attribute === null ? undefined : [finding.attribute];
      diagnostics.push(asDiagnostic(finding, files, { path }));
    }
  }
  return diagnostics;
}

/** The policy's findings for removing the run's own account without a plan. */
export async function judgeOwnRemoval(context: Context): Promise<Diagnostic[]> {
  const facts: Facts = { kind: "run", removals: NO_REMOVALS, removesOwnAccount: true };
  const { findings, files } = await findingsOf(() => facts, undefined, context);
  return findings.map((finding) => asDiagnostic(finding, files));
}

interface Judged {
  readonly findings: readonly Finding[];
  /** Where the policy comes from, beside the provider's own words. */
  readonly files: readonly string[];
}

/** Only exceptions need the day and the username, so a policy without them sends no requests. */
async function findingsOf(
  factsOf: (username: string | undefined) => Facts,
  account: AccountId | undefined,
  context: Context,
): Promise<Judged> {
  const { policy, files } = context.rules();
  const facts = factsOf(undefined);
  const plain = judge([facts], { ...policy, exceptions: [] }, { stage: "plan", today: "" });
  if (plain.findings.length === 0 || policy.exceptions.length === 0) {
    return { findings: plain.findings, files };
  }
  return attempt("Cannot read what the policy's exceptions need", async () => {
    const today = utcDate(await serverNow(context));
    const named = factsOf(await usernameOf(account, context));
    return { findings: judge([named], policy, { stage: "plan", today }).findings, files };
  });
}

async function usernameOf(
  account: AccountId | undefined,
  context: Context,
): Promise<string | undefined> {
  if (account === undefined) return undefined;
  return (await context.inventory.accounts.find(account))?.username;
}

function asDiagnostic(
  finding: Finding,
  files: readonly string[],
  { path, isChanged = true }: { path?: AttributePath | undefined; isChanged?: boolean } = {},
): Diagnostic {
  const make = finding.severity === "error" && isChanged ? error : warning;
  const source = files.length === 0 ? "" : ` The policy is that of ${files.join(" and ")}.`;
  return make(finding.rule, findingSummary(finding), `${findingText(finding)}${source}`, path);
}

/** The account that an attribute names, if it is known. */
export function accountNamed(written: unknown): AccountId | undefined {
  return typeof written === "string" ? parseAccountId(written) : undefined;
}

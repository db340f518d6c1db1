import { expiryProblem, LONGEST_MAXIMUM_LIFETIME_DAYS, markerKey, utcDate } from "../../model";
import { error, holdsUnknown, isUnknown, type Diagnostic } from "../../provider/contract";
import { containerSpelling, foreseeContainer } from "../shared/container-attributes";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { asError, known } from "../shared/problems";
import { placeDestination } from "./destinations";
import type { TokenMemory } from "./private-state";
import type { AccessTokenConfig, DeliveryState } from "./schema";

/** What making and delivering a token would be refused for, said already in the plan. */
export async function foreseeToken(
  planned: AccessTokenConfig,
  memory: TokenMemory | null,
  context: Context,
): Promise<Diagnostic[]> {
  return [
    ...missingStack(context),
    ...(await destinationDiagnostics(planned, memory, context)),
    ...(await expiryErrors(planned, context)),
  ];
}

function missingStack({ stack }: Context): Diagnostic[] {
  if (stack !== null) return [];
  return [
    error(
      "The provider needs a stack",
      "Tokens are marked with the name of the set of declarations that they belong to, so that two of them leave " +
        'each other\'s tokens alone. Write stack = "a name of your own" in the provider block, and never change it.',
    ),
  ];
}

async function destinationDiagnostics(
  planned: AccessTokenConfig,
  memory: TokenMemory | null,
  context: Context,
): Promise<Diagnostic[]> {
  if (isUnknown(planned.deliver_to)) return [];
  const holder = memory?.key ?? keyOf(planned, context);
  const diagnostics: Diagnostic[] = [];
  for (const [at, written] of (planned.deliver_to ?? []).entries()) {
    if (holdsUnknown(written)) continue;
    const entry = written as DeliveryState;
    const missing = await containerDiagnostics(entry, at, context);
    diagnostics.push(...missing);
    if (missing.length > 0 || holder === undefined) continue;
    const { destination } = await placeDestination(entry, undefined, context);
    if (!context.claims.holdDestination(destination.address, holder)) {
      diagnostics.push(sharedDestination(destination.label, at));
    }
  }
  return diagnostics;
}

/** Undefined as long as the account does not exist. */
function keyOf(planned: AccessTokenConfig, { stack }: Context): string | undefined {
  const accountId = known(planned.service_account_id);
  const tokenName = known(planned.name);
  if (accountId === undefined || tokenName === undefined || stack === null) return undefined;
  return markerKey({ accountId, stack, tokenName });
}

async function containerDiagnostics(
  entry: DeliveryState,
  at: number,
  context: Context,
): Promise<Diagnostic[]> {
  const spelling = entry.ci_variable === null ? undefined : containerSpelling(entry.ci_variable);
  if (spelling === undefined) return [];
  const { diagnostics } = await foreseeContainer(spelling, context);
  return diagnostics.map((found) => ({
    ...found,
    path: ["deliver_to", at, "ci_variable", spelling.kind],
  }));
}

export function sharedDestination(label: string, at: number): Diagnostic {
  return error(
    "Two tokens are delivered to one destination",
    `Another glsa_access_token of this run also delivers to ${label}, and they would overwrite each other. Give each its own.`,
    ["deliver_to", at],
  );
}

/** Asks the server for its limits and its clock, but only in order to refuse. */
export async function expiryErrors(
  planned: AccessTokenConfig,
  context: Context,
): Promise<Diagnostic[]> {
  const expiresAt = known(planned.expires_at);
  if (expiresAt === undefined) return [];
  const maximumLifetimeDays = await maximumLifetime(context);
  const now = context.gitlab.client.serverDate;
  if (now === undefined) return [];
  const problem = expiryProblem(expiresAt, { today: utcDate(now), maximumLifetimeDays });
  return asError(problem, ["expires_at"]);
}

/** Only an administrator can read the limit; for others the server has the last word. */
async function maximumLifetime(context: Context): Promise<number | null> {
  const settings = await attempt("Cannot ask for the instance's settings", () =>
    context.gitlab.applicationSettings(),
  );
  if (settings === undefined) return LONGEST_MAXIMUM_LIFETIME_DAYS;
  if (settings.require_personal_access_token_expiry === false) return null;
  return settings.max_personal_access_token_lifetime ?? LONGEST_MAXIMUM_LIFETIME_DAYS;
}

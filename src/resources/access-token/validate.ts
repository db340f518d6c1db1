import { RECORDS } from "../../destinations/entry";
import type { DestinationRecord, Written } from "../../destinations/record";
import { dateProblem, daysProblem, LONGEST_DESCRIPTION, scopeProblem } from "../../model";
import {
  error,
  isUnknown,
  warning,
  type AttributePath,
  type Diagnostic,
} from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import {
  accountIdErrors,
  asError,
  containerErrors,
  exactlyOne,
  isSet,
  known,
  shownNameErrors,
} from "../shared/problems";
import { permissionErrors } from "./permissions";
import { DURATIONS, policyOf, policyProblem } from "./rotation";
import {
  EXPIRIES,
  POWERS,
  type AccessTokenConfig,
  type AccessTokenState,
  type DeliveryConfig,
} from "./schema";

export function validateAccessToken(config: AccessTokenConfig, context?: Context): Diagnostic[] {
  return [
    ...accountIdErrors(config.service_account_id),
    ...nameErrors(config.name),
    ...descriptionErrors(config.description),
    ...(config.scopes === null ? [] : scopeErrors(config.scopes)),
    ...permissionErrors(config.granular_scopes),
    ...exactlyOne(config, POWERS),
    ...exactlyOne(config, EXPIRIES),
    ...expiryErrors(config),
    ...rotationErrors(config),
    ...destinationErrors(config),
    ...(context === undefined ? [] : twinErrors(config, context)),
  ];
}

function twinErrors(config: AccessTokenConfig, context: Context): Diagnostic[] {
  const accountId = known(config.service_account_id);
  const name = known(config.name);
  if (accountId === undefined || name === undefined) return [];
  if (context.claims.declare(`token ${accountId} ${name}`)) return [];
  return [
    error(
      "repeated-token-name",
      `Two tokens "${name}" of ${accountLabel(accountId, context)} are declared`,
      "They would treat each other's tokens as their own and revoke them. Rename one of them, or remove it.",
      ["name"],
    ),
  ];
}

function rotationErrors({ rotation }: AccessTokenConfig): Diagnostic[] {
  if (rotation === null || isUnknown(rotation)) return [];
  const errors = DURATIONS.flatMap((attribute) => {
    const text = known(rotation[attribute]);
    if (text === undefined) return [];
    return asError(daysProblem(attribute, text), ["rotation", attribute]);
  });
  if (errors.length > 0) return errors;
  const found = policyProblem(policyOf(rotation));
  return found === undefined ? [] : asError(found.problem, found.path);
}

function expiryErrors(config: AccessTokenConfig): Diagnostic[] {
  const expiresAt = known(config.expires_at);
  return expiresAt === undefined
    ? []
    : asError(dateProblem("expires_at", expiresAt), ["expires_at"]);
}

/** The problems of `deliver_to`. Whether a token can be without it is decided in the plan, which knows of an import. */
function destinationErrors({ deliver_to: entries }: AccessTokenConfig): Diagnostic[] {
  if (isUnknown(entries)) return [];
  return (entries ?? []).flatMap((entry, at) =>
    isUnknown(entry) ? [] : entryErrors(entry, ["deliver_to", at]),
  );
}

function entryErrors(entry: DeliveryConfig, path: AttributePath): Diagnostic[] {
  const kinds = exactlyOne(entry, Object.keys(RECORDS)).map((problem) => ({ ...problem, path }));
  if (kinds.length > 0) return kinds;
  const written: { readonly [kind: string]: unknown } = entry;
  return Object.entries(RECORDS).flatMap(([kind, record]) => {
    const settings = written[kind];
    if (!isSet(settings) || isUnknown(settings)) return [];
    return settingsErrors(record, settings as Written, [...path, kind]);
  });
}

function settingsErrors(
  record: DestinationRecord,
  written: Written,
  path: AttributePath,
): Diagnostic[] {
  const conflict = record.conflict?.(written);
  return [
    ...(record.inContainer ? placeErrors(written, path) : []),
    ...Object.entries(record.rules ?? {}).flatMap(([name, rule]) => {
      const value = written[name];
      if (!isSet(value) || isUnknown(value)) return [];
      return asError(rule?.problem?.(value as never), [...path, name]);
    }),
    ...(conflict === undefined ? [] : asError(conflict.problem, [...path, conflict.attribute])),
    ...choiceErrors(record, written, path),
  ];
}

function placeErrors({ group, project }: Written, path: AttributePath): Diagnostic[] {
  const choice = exactlyOne({ group, project }, ["project", "group"]);
  return [
    ...choice.map((problem) => ({ ...problem, path })),
    ...containerErrors({ group, project }, path),
  ];
}

function choiceErrors(
  { attributes }: DestinationRecord,
  written: Written,
  path: AttributePath,
): Diagnostic[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const values = "values" in attribute ? attribute.values : undefined;
    const choice = known(written[name]) as string | undefined;
    if (values === undefined || choice === undefined || values.includes(choice)) return [];
    const detail = `${name} must be ${values.join(" or ")}; got "${choice}".`;
    return [error("unknown-choice", `Unknown ${name} "${choice}"`, detail, [...path, name])];
  });
}

const LONGEST_NAME = 255;

export function nameErrors(written: AccessTokenConfig["name"]): Diagnostic[] {
  const name = known(written);
  if (name === undefined) return [];
  if (name !== "" && name.length <= LONGEST_NAME) return shownNameErrors(name);
  const detail = `name must have 1 to ${LONGEST_NAME} characters; got ${name.length}.`;
  return [error("missing-token-name", "A token needs a name", detail, ["name"])];
}

export function descriptionErrors(written: AccessTokenConfig["description"]): Diagnostic[] {
  const description = known(written);
  if (description === undefined || description.length <= LONGEST_DESCRIPTION) return [];
  const detail =
    `description must have at most ${LONGEST_DESCRIPTION} characters, since GitLab keeps 255 and glsa adds its marker; ` +
    `got ${description.length}. Shorten it.`;
  return [error("text-too-long", "The description is too long", detail, ["description"])];
}

export function scopeErrors(scopes: NonNullable<AccessTokenConfig["scopes"]>): Diagnostic[] {
  if (isUnknown(scopes)) return [];
  if (scopes.length === 0) {
    const detail =
      "A token without a scope can do nothing, and GitLab refuses it. Name at least one.";
    return [error("missing-scopes", "No scope is given", detail, ["scopes"])];
  }
  return scopes.flatMap((scope) =>
    typeof scope === "string" ? asError(scopeProblem(scope), ["scopes"]) : [],
  );
}

/** An existing token, and its declaration. */
interface Existing {
  readonly proposed: AccessTokenConfig;
  readonly prior: AccessTokenState;
}

/** Whether the value of a new token would have no destination. An unknown entry may be a destination. */
export function goesNowhere({
  deliver_to: destinations,
  store_value: isStored,
}: Pick<AccessTokenConfig, "deliver_to" | "store_value">): boolean {
  if (isUnknown(destinations) || isUnknown(isStored)) return false;
  return (destinations === null || destinations.length === 0) && isStored !== true;
}

/**
 * The value of a token from an import or a moved block was never known, so it may stay where it is until the next one.
 */
export function mayStayWhereItIs({ proposed, prior }: Existing): boolean {
  return prior.fingerprint === null && goesNowhere(proposed);
}

export function nowhereError(): Diagnostic {
  return error(
    "value-goes-nowhere",
    "The token has no destination",
    "GitLab shows a value once. Name a destination in deliver_to, or set store_value = true to keep it in the state.",
    ["deliver_to"],
  );
}

/** The problem of an existing token without a destination. */
export function nowhereErrors(existing: Existing, isNew: boolean): Diagnostic[] {
  if (!goesNowhere(existing.proposed) || (!isNew && mayStayWhereItIs(existing))) return [];
  return [nowhereError()];
}

/** The same summary for all of them, so that Terraform groups hundreds of them into one. */
export function openDestinationWarning(existing: Existing): Diagnostic[] {
  const { prior } = existing;
  if (!mayStayWhereItIs(existing) || prior.status !== "active") return [];
  return [
    warning(
      "no-destination-yet",
      "An imported token has no destination yet",
      `Token ${prior.token_id} ("${prior.name}" of ${prior.service_account_id}) was created elsewhere, so glsa does not know ` +
        "its value and leaves it where it is. The next one needs a destination: name it in deliver_to before the first rotation.",
      ["deliver_to"],
    ),
  ];
}

/** One dead token must not stop the whole run. */
export function revokedWarning(existing: Existing): Diagnostic[] {
  const { prior } = existing;
  if (!mayStayWhereItIs(existing) || prior.status !== "revoked") return [];
  return [
    warning(
      "revoked-without-destination",
      "An imported token is revoked, and the next one has no destination",
      `Token ${prior.token_id} ("${prior.name}" of ${prior.service_account_id}) no longer works. Name a destination in ` +
        "deliver_to to create and deliver a new one, or remove the declaration.",
      ["deliver_to"],
    ),
  ];
}

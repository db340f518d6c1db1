import { baseUrlProblem, DEFAULT_BASE_URL, type ClientSettings } from "../gitlab";
import { readCertificates, SetupError } from "../http";
import { fingerprint, instanceKey } from "../model";
import { SharedRate, type Ledger, type Run } from "../run";
import {
  defineSchema,
  DiagnosticError,
  error,
  holdsUnknown,
  isUnknown,
  type ConfigOf,
  type Diagnostic,
  type EngineRun,
  type StateOf,
} from "../provider/contract";
import { policyAttributes } from "./policy/schema";
import { sharePolicy, type OwnRules } from "./policy/run-policy";
import { readPolicy, shareKnownPolicy, validatePolicy } from "./policy/settings";
import { createContext, unusable, type Context } from "./shared/context";
import { headerErrors, usableHeaders } from "./shared/headers";
import { known } from "./shared/problems";
import { isToldElsewhere } from "./shared/told-elsewhere";

export const settingsSchema = defineSchema({
  version: 0,
  description: "GitLab service accounts, their tokens and memberships.",
  attributes: {
    base_url: {
      type: "string",
      optional: true,
      unset: "GITLAB_BASE_URL, then CI_SERVER_URL, then https://gitlab.com",
      description: "Address of the instance, with or without /api/v4.",
    },
    instance_addresses: {
      type: "list",
      element: "string",
      optional: true,
      description:
        "Further addresses of the same instance, such as an internal one that runners use, or the one before a move. Objects that were created under any other address are refused.",
    },
    token: {
      type: "string",
      optional: true,
      sensitive: true,
      unset: "GITLAB_TOKEN",
      description:
        "Personal access token with the scope api, of a group Owner or an administrator. Use the environment: a token that is set here is in plan files.",
    },
    stack: {
      type: "string",
      optional: true,
      description:
        "Name of this set of declarations. It is part of every token's marker, so tokens need it. Do not change it later.",
    },
    take_over: {
      type: "list",
      element: "number",
      optional: true,
      description:
        "IDs of marked tokens that another state may have created, and that this one takes over: they retire once a new token is delivered everywhere. For one apply after a state was lost.",
    },
    ca_file: {
      type: "string",
      optional: true,
      description: "PEM file of certificates to trust in addition to the system's.",
    },
    headers: {
      type: "map",
      element: "string",
      optional: true,
      sensitive: true,
      description: "HTTP headers to send with every request, for gateways in front of GitLab.",
    },
    max_requests_per_minute: {
      type: "number",
      optional: true,
      unset: "the server's own limit",
      description: "Requests per minute, retries included.",
    },
    share_requests: {
      type: "boolean",
      optional: true,
      unset: "false",
      description:
        "Whether max_requests_per_minute holds for all runs of this user on this machine together that set it to the same number.",
    },
    max_concurrency: {
      type: "number",
      optional: true,
      unset: "10",
      description: "Requests in flight at once.",
    },
    policy: {
      type: "object",
      optional: true,
      description:
        "Guardrails for tokens, memberships and runs. A plan that breaks them is refused.",
      attributes: policyAttributes,
    },
  },
});

type Attributes = typeof settingsSchema.attributes;
export type SettingsAttributes = Attributes;

export function validateSettings(config: ConfigOf<Attributes>, joinRun: Run): Diagnostic[] {
  if (joinRun.isJoinedAtStart === true) shareKnownPolicy(config.policy, joinRun());
  const url = known(config.base_url);
  const problem = url === undefined ? undefined : baseUrlProblem(url);
  const errors =
    problem === undefined
      ? []
      : [
          error(
            "unusable-base-url",
            "base_url is not usable",
            `${problem} Write it like https://gitlab.example.com.`,
            ["base_url"],
          ),
        ];
  errors.push(...addressErrors(config.instance_addresses), ...headerErrors(config.headers));
  for (const name of ["max_requests_per_minute", "max_concurrency"] as const) {
    const limit = known(config[name]);
    if (limit === undefined || (Number.isInteger(limit) && limit > 0)) continue;
    errors.push(
      error(
        "unusable-request-limit",
        `${name} is not usable`,
        `It must be a whole number above 0; got ${limit}.`,
        [name],
      ),
    );
  }
  errors.push(...sharingErrors(config));
  return [...errors, ...stackErrors(config), ...validatePolicy(config.policy)];
}

function sharingErrors({
  share_requests: isShared,
  max_requests_per_minute: limit,
}: ConfigOf<Attributes>): Diagnostic[] {
  if (isShared !== true || limit !== null) return [];
  return [
    error(
      "unusable-request-limit",
      "share_requests is not usable",
      "It shares max_requests_per_minute, which is not set. Set both, or leave share_requests out.",
      ["share_requests"],
    ),
  ];
}

function addressErrors(addresses: ConfigOf<Attributes>["instance_addresses"]): Diagnostic[] {
  if (addresses === null || isUnknown(addresses)) return [];
  return addresses.flatMap((address, at) => {
    const problem = typeof address === "string" ? baseUrlProblem(address) : undefined;
    if (problem === undefined) return [];
    const detail = `${problem} Write each like https://gitlab.example.com.`;
    return [
      error("invalid-instance-address", "instance_addresses is not usable", detail, [
        "instance_addresses",
        at,
      ]),
    ];
  });
}

function stackErrors(config: ConfigOf<Attributes>): Diagnostic[] {
  if (config.stack !== "") return [];
  return [
    error(
      "empty-stack",
      "stack is empty",
      "Write a name for this set of declarations, or leave stack out.",
      ["stack"],
    ),
  ];
}

/** A setting that is known only after an apply: until then no request can be sent. */
export function configureContext(
  config: ConfigOf<Attributes>,
  run: EngineRun | undefined,
  joinRun: Run,
): Context {
  const { base_url, token, headers, ca_file, instance_addresses } = config;
  const rules = readPolicy(config.policy);
  // Its GitLab is not known, so nothing of it can be compared with other configurations' plans.
  if ([base_url, token, headers, ca_file, instance_addresses].some(holdsUnknown))
    return contextWithout(rules, new DiagnosticError(NOT_YET), false);
  const settings = config as StateOf<Attributes>;
  const stack = isUnknown(config.stack) ? null : settings.stack;
  const runSettings = {
    stack,
    rules,
    instanceAddresses: settings.instance_addresses ?? [],
    takenOver: takenOver(config.take_over),
    ...(run && {
      stateName: () => run.stateName(),
      tellsEnd: run.tellsEnd === true,
      plansFirst: run.plansFirst === true,
    }),
  };
  const ledger = joinRun();
  const client = usableSettings(settings, run, ledger);
  if (client instanceof Error) return contextWithout(rules, client, true);
  const context = createContext(client, runSettings, ledger);
  if (rules.written !== null)
    sharePolicy({ instance: context.instance.key, settings: rules.written }, ledger);
  return context;
}

/**
 * Throws unless another configuration reports the same: a variable that is missing in the environment is missing for
 * all of them.
 */
function usableSettings(
  settings: StateOf<Attributes>,
  run: EngineRun | undefined,
  ledger: Ledger,
): ClientSettings | DiagnosticError {
  try {
    return clientSettings(settings);
  } catch (failure) {
    if (!(failure instanceof DiagnosticError) || run?.plansFirst !== true) throw failure;
    const { base_url, token, headers, ca_file } = settings;
    const written = fingerprint(JSON.stringify([base_url, token, headers, ca_file]));
    if (!isToldElsewhere(`${written} ${failure.message}`, "", ledger)) throw failure;
    return failure;
  }
}

/** A number that is not known yet is taken over in a later run. */
function takenOver(written: ConfigOf<Attributes>["take_over"]): number[] {
  if (written === null || isUnknown(written)) return [];
  return written.filter((id) => typeof id === "number");
}

function clientSettings(settings: StateOf<Attributes>): ClientSettings {
  const { env } = process;
  const baseUrl =
    settings.base_url || env["GITLAB_BASE_URL"] || env["CI_SERVER_URL"] || DEFAULT_BASE_URL;
  const problem = baseUrlProblem(baseUrl);
  if (problem !== undefined) {
    throw new DiagnosticError(
      error(
        "unusable-base-url",
        "base_url is not usable",
        `${problem} Write it like https://gitlab.example.com.`,
        ["base_url"],
      ),
    );
  }
  return {
    baseUrl,
    token: tokenOf(settings),
    userAgent: `glsa/${process.env["GLSA_VERSION"] ?? "0"}`,
    ...(settings.ca_file !== null && { caFile: usableFile(settings.ca_file) }),
    ...(settings.headers !== null && { headers: usableHeaders(settings.headers) }),
    ...(settings.max_concurrency !== null && { maxConcurrency: settings.max_concurrency }),
    ...(settings.max_requests_per_minute !== null && {
      maxRequestsPerMinute: settings.max_requests_per_minute,
      ...(settings.share_requests === true &&
        sharedTurn(baseUrl, settings.max_requests_per_minute)),
    }),
  };
}

/** Where processes cannot share files, each keeps the limit by itself. */
function sharedTurn(baseUrl: string, perMinute: number): Pick<ClientSettings, "turn"> {
  try {
    const rate = new SharedRate(instanceKey(baseUrl), perMinute);
    return { turn: () => orAtOnce(() => rate.turn()) };
  } catch {
    return {};
  }
}

/** The folder may be removed, or its disk be full, in the middle of a run. */
function orAtOnce(turn: () => number): number {
  try {
    return turn();
  } catch {
    return 0;
  }
}

function tokenOf(settings: StateOf<Attributes>): string {
  const token = (settings.token || process.env["GITLAB_TOKEN"] || "").trim();
  if (token === "") {
    throw new DiagnosticError(
      error(
        "missing-token",
        "glsa has no token for GitLab",
        "Set GITLAB_TOKEN in the environment to a personal access token with the scope api, of a group Owner or an administrator.",
      ),
    );
  }
  // Anything else cannot be sent in a header, and the failure would quote it.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new DiagnosticError(
      error(
        "malformed-token",
        "glsa's token is malformed",
        "GITLAB_TOKEN, or token, contains a blank or a character that no token has. Copy it again.",
      ),
    );
  }
  return token;
}

/** Read now, so that a wrong file is told before anything else. */
function usableFile(path: string): string {
  try {
    readCertificates({ path, setting: "ca_file" });
    return path;
  } catch (cause) {
    if (!(cause instanceof SetupError)) throw cause;
    const detail = `${cause.message}. ${cause.remedy}`;
    throw new DiagnosticError(
      error("unusable-ca-file", "ca_file is not usable", detail, ["ca_file"]),
    );
  }
}

const NOT_YET = error(
  "late-setting",
  "A setting of the provider is not known yet",
  "base_url, instance_addresses, token, headers or ca_file comes from a resource that is not applied yet, so GitLab cannot be asked. Apply that resource first (-target).",
);

function contextWithout(rules: OwnRules, failure: Error, silent: boolean): Context {
  const nowhere = { baseUrl: DEFAULT_BASE_URL, token: "none" };
  return unusable(createContext(nowhere, { stack: null, rules }), failure, silent);
}

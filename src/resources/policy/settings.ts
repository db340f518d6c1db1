import { ConfigError, policyOfFolder, type FolderPolicy } from "../../config";
import { parsePolicy, parseSettings, policyOf, tighten } from "../../model/policy";
import {
  DiagnosticError,
  error,
  holdsUnknown,
  isUnknown,
  type ConfigOf,
  type Diagnostic,
} from "../../provider/contract";
import type { Ledger } from "../../run";
import { sharePolicy, type OwnRules } from "./run-policy";
import type { policyAttributes } from "./schema";

type PolicyConfig = ConfigOf<{
  policy: {
    type: "object";
    optional: true;
    description: string;
    attributes: typeof policyAttributes;
  };
}>["policy"];

/** The problems of the provider's `policy`, as far as it is known. */
export function validatePolicy(written: PolicyConfig): Diagnostic[] {
  if (written === null || isUnknown(written)) return [];
  const { problems } = parsePolicy(knownOf(written));
  return problems.map(({ code, path, summary, detail }) =>
    error(code, summary, detail, ["policy", ...path]),
  );
}

/** Reported before anything is configured, since a configuration may come after another one's plans. */
export function shareKnownPolicy(written: PolicyConfig, ledger: Ledger): void {
  if (written === null || isUnknown(written)) return;
  sharePolicy({ settings: parseSettings(knownOf(written)).settings }, ledger);
}

/**
 * The working folder's policy, which the provider's own may only tighten. An unknown policy cannot be applied, and a
 * weaker one would allow what it forbids.
 */
export function readPolicy(written: PolicyConfig): OwnRules {
  const ofFolder = readFolder();
  if (written === null) return { ...ofFolder, written };
  if (holdsUnknown(written)) {
    throw new DiagnosticError(
      error(
        "late-policy",
        "The provider's policy is not known yet",
        "A part of it comes from a resource that is not applied yet, so it cannot be applied. Write it literally, or as a variable.",
        ["policy"],
      ),
    );
  }
  const { settings } = parseSettings(knownOf(written));
  if (ofFolder.files.length === 0)
    return { ...ofFolder, policy: policyOf(settings), written: settings };
  const { policy, problems } = tighten(ofFolder.policy, settings);
  if (problems.length === 0) return { ...ofFolder, policy, written: settings };
  const source = `The inherited policy is that of ${ofFolder.files.join(" and ")}.`;
  throw new DiagnosticError(
    ...problems.map(({ path, summary, detail }) =>
      error("looser-policy", summary, `${detail} ${source}`, ["policy", ...path]),
    ),
  );
}

function readFolder(): FolderPolicy {
  try {
    return policyOfFolder(process.cwd());
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    throw new DiagnosticError(
      error("unusable-config", "glsa.config.json cannot be used", cause.message),
    );
  }
}

/** What is written and known, without list items that are partly unknown. */
function knownOf(written: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(written).flatMap(([key, value]) => {
      if (Array.isArray(value)) return [[key, value.filter((item) => !holdsUnknown(item))]];
      return value === null || holdsUnknown(value) ? [] : [[key, value]];
    }),
  );
}

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

/** What is wrong with the provider's `policy`, as far as it is known. */
export function validatePolicy(written: PolicyConfig): Diagnostic[] {
  if (written === null || isUnknown(written)) return [];
  const { problems } = parsePolicy(knownOf(written));
  return problems.map(({ code, path, summary, detail }) =>
    error(code, summary, detail, ["policy", ...path]),
  );
}

/** Told before anything is configured, since a configuration may come after what another one plans. */
export function shareKnownPolicy(written: PolicyConfig, ledger: Ledger): void {
  if (written === null || isUnknown(written)) return;
  sharePolicy({ settings: parseSettings(knownOf(written)).settings }, ledger);
}

/**
 * The working folder's policy, which the provider's own may only tighten. One that is not known cannot be judged by, and
 * to judge by less would let through what it forbids.
 */
export function readPolicy(written: PolicyConfig): OwnRules {
  const ofFolder = readFolder();
  if (written === null) return { ...ofFolder, written };
  if (holdsUnknown(written)) {
    throw new DiagnosticError(
      error(
        "late-policy",
        "The provider's policy is not known yet",
        "A part of it comes from a resource that is not applied yet, so nothing can be held against it. Write it as it is, or as a variable.",
        ["policy"],
      ),
    );
  }
  const { settings } = parseSettings(knownOf(written));
  if (ofFolder.files.length === 0)
    return { ...ofFolder, policy: policyOf(settings), written: settings };
  const { policy, problems } = tighten(ofFolder.policy, settings);
  if (problems.length === 0) return { ...ofFolder, policy, written: settings };
  const source = `Inherited is the policy of ${ofFolder.files.join(" and ")}.`;
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

/** What is written and known, without list items of which a part is not. */
function knownOf(written: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(written).flatMap(([key, value]) => {
      if (Array.isArray(value)) return [[key, value.filter((item) => !holdsUnknown(item))]];
      return value === null || holdsUnknown(value) ? [] : [[key, value]];
    }),
  );
}

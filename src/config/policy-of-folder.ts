import { withCode } from "../model";
import { DEFAULT_POLICY, pathText, policyOf, tighten, type Policy } from "../model/policy";
import type { AuditSettings } from "./audit-settings";
import type { NotifySetting } from "./notify-settings";
import { findConfigs } from "./find-config";
import { ConfigError, readConfig } from "./read-config";

/** The policy of a folder, and its files, outermost first. */
export interface FolderPolicy {
  readonly policy: Policy;
  readonly files: readonly string[];
}

/**
 * The outermost file with a policy sets it, and each one further inside may only tighten it. Throws a `ConfigError` for
 * a file that cannot be used, and for one that would loosen an inherited setting.
 */
export function policyOfFolder(folder: string): FolderPolicy {
  return findConfigs(folder).reduce(withFile, { policy: DEFAULT_POLICY, files: [] });
}

/** The audit settings of a folder's files, combined. */
export function auditSettingsOfFolder(folder: string): AuditSettings {
  return { ignore: findConfigs(folder).flatMap((file) => readConfig(file).audit.ignore) };
}

/** Where a folder's files want messages sent. */
export function notifySettingsOfFolder(folder: string): readonly NotifySetting[] {
  return findConfigs(folder).flatMap((file) => readConfig(file).notify);
}

function withFile({ policy, files }: FolderPolicy, file: string): FolderPolicy {
  const { policy: own } = readConfig(file);
  if (own === undefined) return { policy, files };
  if (files.length === 0) return { policy: policyOf(own), files: [file] };
  const tightened = tighten(policy, own);
  if (tightened.problems.length === 0) {
    return { policy: tightened.policy, files: [...files, file] };
  }
  const lines = tightened.problems.map(({ code, path, summary, detail }) =>
    withCode(
      `${file}: ${pathText(["policy", ...path])}: ${summary}. ${detail} It inherits from ${files.join(" and ")}.`,
      code,
    ),
  );
  throw new ConfigError(lines.join("\n"));
}

import type { IResolvable } from "cdktf";
import type { Attributes } from "./resource";

/** One destination of a token's value: exactly one of its members. */
export interface GlsaAccessTokenDeliverTo {
  readonly ciVariable?: GlsaAccessTokenCiVariable;
  readonly file?: GlsaAccessTokenFile;
  readonly vault?: GlsaAccessTokenVault;
  readonly command?: GlsaAccessTokenCommand;
}

/** A CI/CD variable; exactly one of `project` and `group` says whose. */
export interface GlsaAccessTokenCiVariable {
  readonly project?: string;
  readonly group?: string;
  readonly key: string;
  readonly environmentScope?: string;
  readonly protected?: boolean | IResolvable;
  readonly masked?: boolean | IResolvable;
  readonly hidden?: boolean | IResolvable;
  readonly raw?: boolean | IResolvable;
  readonly overwrite?: boolean | IResolvable;
  /** `remove` or `keep`. */
  readonly onDestroy?: string;
}

/** A file on the machine that runs the apply. */
export interface GlsaAccessTokenFile {
  readonly path: string;
  readonly mode?: string;
  readonly redeliverMissing?: boolean | IResolvable;
  readonly overwrite?: boolean | IResolvable;
  /** `remove` or `keep`. */
  readonly onDestroy?: string;
}

/** A field of a KV version 2 secret in HashiCorp Vault or OpenBao. */
export interface GlsaAccessTokenVault {
  readonly address?: string;
  readonly namespace?: string;
  readonly mount?: string;
  readonly path: string;
  readonly field?: string;
  readonly overwrite?: boolean | IResolvable;
  /** `remove` or `keep`. */
  readonly onDestroy?: string;
}

/** A program that takes the value on its standard input. */
export interface GlsaAccessTokenCommand {
  readonly argv: readonly string[];
  readonly checkArgv?: readonly string[];
  readonly removeArgv?: readonly string[];
  /** For each of them, such as `90s`. */
  readonly timeout?: string;
}

export function copyOfDelivery({
  ciVariable,
  file,
  vault,
  command,
}: GlsaAccessTokenDeliverTo): GlsaAccessTokenDeliverTo {
  return {
    ciVariable: ciVariable && { ...ciVariable },
    file: file && { ...file },
    vault: vault && { ...vault },
    command: command && copyOfCommand(command),
  };
}

function copyOfCommand(command: GlsaAccessTokenCommand): GlsaAccessTokenCommand {
  const { argv, checkArgv, removeArgv } = command;
  return {
    ...command,
    argv: [...argv],
    checkArgv: checkArgv && [...checkArgv],
    removeArgv: removeArgv && [...removeArgv],
  };
}

export function deliveryAttributes({
  ciVariable,
  file,
  vault,
  command,
}: GlsaAccessTokenDeliverTo): Attributes {
  return {
    ci_variable: ciVariable && ciVariableAttributes(ciVariable),
    file: file && fileAttributes(file),
    vault: vault && vaultAttributes(vault),
    command: command && commandAttributes(command),
  };
}

function ciVariableAttributes(variable: GlsaAccessTokenCiVariable): Attributes {
  return {
    project: variable.project,
    group: variable.group,
    key: variable.key,
    environment_scope: variable.environmentScope,
    protected: variable.protected,
    masked: variable.masked,
    hidden: variable.hidden,
    raw: variable.raw,
    overwrite: variable.overwrite,
    on_destroy: variable.onDestroy,
  };
}

function fileAttributes(file: GlsaAccessTokenFile): Attributes {
  return {
    path: file.path,
    mode: file.mode,
    redeliver_missing: file.redeliverMissing,
    overwrite: file.overwrite,
    on_destroy: file.onDestroy,
  };
}

function vaultAttributes(vault: GlsaAccessTokenVault): Attributes {
  return {
    address: vault.address,
    namespace: vault.namespace,
    mount: vault.mount,
    path: vault.path,
    field: vault.field,
    overwrite: vault.overwrite,
    on_destroy: vault.onDestroy,
  };
}

function commandAttributes(command: GlsaAccessTokenCommand): Attributes {
  return {
    argv: command.argv,
    check_argv: command.checkArgv,
    remove_argv: command.removeArgv,
    timeout: command.timeout,
  };
}

import type { IResolvable } from "cdktf";
import type { Attributes } from "./resource";

/** One destination of a token's value: exactly one of its members. */
export interface GlsaAccessTokenDeliverTo {
  /** A CI/CD variable of a project or group. */
  readonly ciVariable?: GlsaAccessTokenCiVariable;
  /** A file on the machine that runs the apply. */
  readonly file?: GlsaAccessTokenFile;
  /** A field of a KV version 2 secret in HashiCorp Vault or OpenBao. */
  readonly vault?: GlsaAccessTokenVault;
  /** A program that takes the value on its standard input. */
  readonly command?: GlsaAccessTokenCommand;
}

/** A CI/CD variable; exactly one of `project` and `group` says whose. */
export interface GlsaAccessTokenCiVariable {
  /** Full path or number of the project. */
  readonly project?: string;
  /** Full path or number of the group. */
  readonly group?: string;
  /** Name of the variable: letters, digits and underscores, at most 255 characters. */
  readonly key: string;
  /** Environments that see the variable; all by default. */
  readonly environmentScope?: string;
  /** Only jobs on protected branches and tags see it. */
  readonly protected?: boolean | IResolvable;
  /** Job logs show `[masked]` in its place; true by default. */
  readonly masked?: boolean | IResolvable;
  /** Nobody can read it back in GitLab. */
  readonly hidden?: boolean | IResolvable;
  /** A `$` in the value is not expanded; true by default. */
  readonly raw?: boolean | IResolvable;
  /** Takes over what something else made. */
  readonly overwrite?: boolean | IResolvable;
  /** `remove` or `keep`. */
  readonly onDestroy?: string;
}

/** A file on the machine that runs the apply. */
export interface GlsaAccessTokenFile {
  /** Of the file: absolute, or relative to where the engine runs. Of the secret: as it follows the mount. */
  readonly path: string;
  /** Permissions in octal digits; `0600` by default. */
  readonly mode?: string;
  /** A missing file makes a new token. */
  readonly redeliverMissing?: boolean | IResolvable;
  /** Takes over what something else made. */
  readonly overwrite?: boolean | IResolvable;
  /** `remove` or `keep`. */
  readonly onDestroy?: string;
}

/** A field of a KV version 2 secret in HashiCorp Vault or OpenBao. */
export interface GlsaAccessTokenVault {
  /** Vault's address; `VAULT_ADDR` by default. */
  readonly address?: string;
  /** Namespace of Vault Enterprise or OpenBao. */
  readonly namespace?: string;
  /** Where the engine is mounted; `secret` by default. */
  readonly mount?: string;
  /** Of the file: absolute, or relative to where the engine runs. Of the secret: as it follows the mount. */
  readonly path: string;
  /** The secret's field; `token` by default. */
  readonly field?: string;
  /** Takes over what something else made. */
  readonly overwrite?: boolean | IResolvable;
  /** `remove` or `keep`. */
  readonly onDestroy?: string;
}

/** A program that takes the value on its standard input. */
export interface GlsaAccessTokenCommand {
  /** Program and arguments; no shell is involved. */
  readonly argv: readonly string[];
  /** Run before a token is made; an exit other than 0 ends the apply there. */
  readonly checkArgv?: readonly string[];
  /** Run when the token is destroyed or no longer delivered here. */
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

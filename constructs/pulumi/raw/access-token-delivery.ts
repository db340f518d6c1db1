import type { Input } from "@pulumi/pulumi";
import type { CommandDelivery, FileDelivery, VaultDelivery, CiVariableDelivery } from "../../words";
import type { Inputs } from "../inputs";

/** One destination of a token's value: exactly one of its members. */
export interface GlsaAccessTokenDeliverTo {
  /** A CI/CD variable of a project or group. */
  readonly ciVariable?: GlsaAccessTokenCiVariable;
  /** A file on the machine that runs the apply. */
  readonly file?: Inputs<FileDelivery>;
  /** A field of a KV version 2 secret in HashiCorp Vault or OpenBao. */
  readonly vault?: Inputs<VaultDelivery>;
  /** A program that takes the value on its standard input. */
  readonly command?: Inputs<CommandDelivery>;
}

/** A CI/CD variable; exactly one of `project` and `group` says whose. */
export interface GlsaAccessTokenCiVariable extends Inputs<
  Omit<CiVariableDelivery, "project" | "group">
> {
  /** Full path or number. */
  readonly project?: Input<string>;
  /** Full path or number. */
  readonly group?: Input<string>;
}

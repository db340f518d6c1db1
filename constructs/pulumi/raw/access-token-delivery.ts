import type { Input } from "@pulumi/pulumi";
import type { CommandDelivery, FileDelivery, VaultDelivery, CiVariableDelivery } from "../../words";
import type { Inputs } from "../inputs";

/** One destination of a token's value: exactly one of its members. */
export interface GlsaAccessTokenDeliverTo {
  readonly ciVariable?: GlsaAccessTokenCiVariable;
  readonly file?: Inputs<FileDelivery>;
  readonly vault?: Inputs<VaultDelivery>;
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

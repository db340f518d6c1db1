import type { TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { StackChecks } from "../stack-checks";
import type { Backend } from "./backend";
import { GlsaBackend } from "./glsa";
import { OfficialBackend } from "./official";

export type {
  AccountFacts,
  AccountObject,
  Backend,
  FoundAccount,
  MembershipObject,
  TokenObject,
} from "./backend";

const GLSA = new GlsaBackend();

/**
 * The backend of what a construct declares: its provider's, or else that of the provider that its stack holds.
 * @throws InvalidDeclarationError for a provider that manages something else
 */
export function backendOf(construct: IConstruct, provider: TerraformProvider | undefined): Backend {
  const { kind, provider: chosen } = StackChecks.of(construct).choose(construct, provider);
  return kind === "glsa" ? GLSA : new OfficialBackend(chosen);
}

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
 * The backend for what a construct declares: that of its provider, or else of the provider in its stack.
 * @throws InvalidDeclarationError if the provider manages no service accounts
 */
export function backendOf(construct: IConstruct, provider: TerraformProvider | undefined): Backend {
  const { kind, provider: chosen } = StackChecks.of(construct).choose(construct, provider);
  return kind === "glsa" ? GLSA : new OfficialBackend(chosen);
}

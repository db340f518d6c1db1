import { GitlabProvider } from "@cdktf/provider-gitlab/lib/provider";
import type { TerraformStack } from "cdktf";
import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { AccountOwner, ServiceAccount } from "../../../../constructs/cdktf";
import { newStack } from "../synthesized";

/** A stack with the official provider. */
export function officialStack(): TerraformStack {
  const stack = newStack({ provider: false });
  new GitlabProvider(stack, "gitlab");
  return stack;
}

/** An account of the group `platform` in such a stack. */
export function officialAccount(owner = AccountOwner.group("platform")) {
  const stack = officialStack();
  return { stack, account: new ServiceAccount(stack, "deployer", { owner, username: "bot" }) };
}

/** Bindings of a release that this repository does not have. */
export class BindingsOf extends TerraformProvider {
  constructor(scope: Construct, id: string, providerVersion: string | undefined) {
    super(scope, id, {
      terraformResourceType: "gitlab",
      terraformProviderSource: "gitlabhq/gitlab",
      terraformGeneratorMetadata: { providerName: "gitlab", providerVersion },
    });
  }
}

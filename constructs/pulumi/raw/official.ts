import { CustomResource, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { pulumiType, type OfficialObject } from "../../../src/official";

/** What is known of each kind of object only when it is made, and used by what refers to it. */
const OUTPUTS = ["serviceAccountId", "token", "expiresAt"] as const;

/**
 * A resource of the official GitLab provider, by type and properties and not by its SDK: that need not be there. For
 * an SDK's own methods, `GroupServiceAccount.get(name, resource.id)` reads it.
 */
export class OfficialResource extends CustomResource {
  /** GitLab's number of the user, as a text; of accounts. */
  declare readonly serviceAccountId: Output<string>;
  /** The value, a secret; of tokens. */
  declare readonly token: Output<string>;
  /** Of tokens and memberships. */
  declare readonly expiresAt: Output<string | undefined>;

  constructor(
    name: string,
    { kind, properties }: OfficialObject,
    options: CustomResourceOptions = {},
  ) {
    const outputs = Object.fromEntries(OUTPUTS.map((output) => [output, undefined]));
    super(
      pulumiType(kind),
      name,
      { ...outputs, ...properties },
      { ...options, additionalSecretOutputs: ["token"] },
    );
  }
}

import { CustomResource, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { pulumiType, type OfficialObject } from "../../../src/official";

/** What is known of each kind of object only after its creation, and used by the objects that refer to it. */
const OUTPUTS = ["serviceAccountId", "token", "expiresAt"] as const;

/**
 * A resource of the official GitLab provider, by type and properties. The provider's SDK is not needed. To get a
 * resource of the SDK, use `GroupServiceAccount.get(name, resource.id)`.
 */
export class OfficialResource extends CustomResource {
  /** The user's ID in GitLab, as a string. Set for accounts. */
  declare readonly serviceAccountId: Output<string>;
  /** The value, a secret. Set for tokens. */
  declare readonly token: Output<string>;
  /** Set for tokens and memberships. */
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

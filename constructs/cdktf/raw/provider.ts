import { Annotations, TerraformProvider, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { version } from "../../../package.json";
import { providerPolicy } from "../../words";
import { isLate } from "../late";
import { policyOfProgram, policyOfProvider } from "../policy";
import { StackChecks } from "../stack-checks";
import { GLSA_PROVIDER, type GlsaProviderSettings } from "../generated";
import { inHcl, toAttributes, type AttributeNames, type Attributes } from "./attributes";

/** A name that nobody can register, so that no registry can serve a provider in its place. */
const PROVIDER_SOURCE = "glsa.internal/glsa/glsa";

/** How the provider reaches GitLab. */
export interface GlsaProviderConfig extends GlsaProviderSettings {
  /**
   * Name of this set of declarations. It marks the tokens that belong to it, so that two stacks leave each other's tokens
   * alone. Never change it: tokens keep the old name.
   * @default - the stack's id
   */
  readonly stack?: string;
  /**
   * Name that distinguishes this provider from another one in the same stack.
   * @default - none: resources that name no provider use this one
   */
  readonly alias?: string;
}

/** The provider that manages service accounts, their tokens and memberships. A stack needs one per instance. */
export class GlsaProvider extends TerraformProvider {
  /** Terraform's name of the type. */
  static readonly tfResourceType = "glsa";

  /** Name of this set of declarations. */
  readonly stack: string;
  private readonly config: GlsaProviderConfig;

  constructor(scope: Construct, id: string, config: GlsaProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: GlsaProvider.tfResourceType,
      terraformProviderSource: PROVIDER_SOURCE,
      terraformGeneratorMetadata: {
        providerName: "glsa",
        providerVersionConstraint: compatibleWith(version),
      },
    });
    this.config = {
      ...config,
      headers: config.headers && { ...config.headers },
      instanceAddresses: config.instanceAddresses && [...config.instanceAddresses],
      takeOver: config.takeOver && [...config.takeOver],
    };
    this.stack = config.stack ?? TerraformStack.of(this).node.id;
    if (config.token !== undefined && !isLate(config.token)) {
      Annotations.of(this).addWarning(
        "token: it will stand in clear text in the synthesized files and in plan files. Leave it out and set GITLAB_TOKEN, or pass a sensitive TerraformVariable.",
      );
    }
    StackChecks.of(this).addProvider();
  }

  /** Name that tells this provider from another one; undefined for the main one. */
  override get alias(): string | undefined {
    return this.config.alias;
  }

  protected override synthesizeAttributes(): Attributes {
    return withKeysKept(this.attributes());
  }

  protected override synthesizeHclAttributes(): Attributes {
    return withKeysKept(inHcl(POLICY, this.attributes()));
  }

  private attributes(): Attributes {
    return {
      ...toAttributes(GLSA_PROVIDER, this.config),
      stack: this.stack,
      policy: providerPolicy(policyOfProvider(this), policyOfProgram(this)),
    };
  }
}

const POLICY: AttributeNames = { policy: ["policy", { exceptions: ["exceptions", {}] }] };

/** cdktf changes the keys of a provider's plain objects in synthesis; a token keeps them. */
function withKeysKept(attributes: Attributes): Attributes {
  const { headers, policy } = attributes;
  return {
    ...attributes,
    headers: headers && Token.asAny(headers),
    policy: policy && Token.asAny(policy),
  };
}

/** Constructs and provider come in one package; a newer minor release understands the same declarations. */
function compatibleWith(release: string): string {
  const [major, minor] = release.split(".");
  return `~> ${major}.${minor}`;
}

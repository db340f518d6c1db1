import { Annotations, TerraformProvider, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { version } from "../../../package.json";
import { providerPolicy } from "../../words";
import { isLate } from "../late";
import { policyOfProgram, policyOfProvider } from "../policy";
import { StackChecks } from "../stack-checks";
import type { Attributes } from "./resource";

/** A name that nobody can register, so that no registry can serve a provider in its place. */
const PROVIDER_SOURCE = "glsa.internal/glsa/glsa";

/** How the provider reaches GitLab. */
export interface GlsaProviderConfig {
  /**
   * Address of the instance, with or without `/api/v4`.
   * @default - the environment's GITLAB_BASE_URL, else CI_SERVER_URL, else https://gitlab.com
   */
  readonly baseUrl?: string;
  /**
   * Further addresses of the same instance: an internal one that runners use, an external one of laptops, or the one
   * before a move. Objects that were made under any other address are refused.
   * @default - none
   */
  readonly instanceAddresses?: readonly string[];
  /**
   * Personal access token that manages the accounts. Pass a sensitive Terraform variable if anything: a text
   * would stand in the synthesized files and in plan files.
   * @default - the environment's GITLAB_TOKEN
   */
  readonly token?: string;
  /**
   * Name of this set of declarations. It marks the tokens that belong to it, so that two stacks leave each other's
   * alone; changing it makes the tokens strangers.
   * @default - the stack's id
   */
  readonly stack?: string;
  /**
   * PEM file of certificates to trust beside the system's.
   * @default - the system's alone
   */
  readonly caFile?: string;
  /**
   * HTTP headers to send with every request, for gateways in front of GitLab.
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Requests begun per minute, retries included.
   * @default - no limit but the server's
   */
  readonly maxRequestsPerMinute?: number;
  /**
   * Requests in flight at once.
   * @default 10
   */
  readonly maxConcurrency?: number;
  /**
   * Name that tells this provider from another one in the same stack.
   * @default - none: the resources that name no provider use this one
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
    const { headers, ...config } = this.config;
    const policy = providerPolicy(policyOfProvider(this), policyOfProgram(this));
    return {
      base_url: config.baseUrl,
      instance_addresses: config.instanceAddresses,
      token: config.token,
      stack: this.stack,
      ca_file: config.caFile,
      // A provider's plain objects lose the spelling of their keys in synthesis; what is late keeps it.
      headers: headers && Token.asAny(headers),
      max_requests_per_minute: config.maxRequestsPerMinute,
      max_concurrency: config.maxConcurrency,
      policy: policy && Token.asAny(policy),
    };
  }

  protected override synthesizeHclAttributes(): Attributes {
    return this.synthesizeAttributes();
  }
}

/** Constructs and provider come in one package; a newer minor release understands the same declarations. */
function compatibleWith(release: string): string {
  const [major, minor] = release.split(".");
  return `~> ${major}.${minor}`;
}

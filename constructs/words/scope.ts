import { uncheckedScope, type KnownScope } from "../../src/model";

/**
 * What a token may be used for.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
 */
export class Scope {
  /** Everything the account may do, through the API. */
  static readonly API = new Scope("api");
  /** Reading everything the account may see, through the API. */
  static readonly READ_API = new Scope("read_api");
  /** Reading the account's own user and others' public profiles. */
  static readonly READ_USER = new Scope("read_user");
  /** Creating runners. */
  static readonly CREATE_RUNNER = new Scope("create_runner");
  /** Managing runners. */
  static readonly MANAGE_RUNNER = new Scope("manage_runner");
  /** Kubernetes API calls through GitLab's agent. */
  static readonly K8S_PROXY = new Scope("k8s_proxy");
  /** Rotating the token itself through the API. */
  static readonly SELF_ROTATE = new Scope("self_rotate");
  /** GitLab's MCP server. */
  static readonly MCP = new Scope("mcp");
  /** The MCP server's Orbit tools. */
  static readonly MCP_ORBIT = new Scope("mcp_orbit");
  /** Pulling from repositories. */
  static readonly READ_REPOSITORY = new Scope("read_repository");
  /** Pulling from and pushing to repositories. */
  static readonly WRITE_REPOSITORY = new Scope("write_repository");
  /** Pulling from container registries. */
  static readonly READ_REGISTRY = new Scope("read_registry");
  /** Pushing to container registries. */
  static readonly WRITE_REGISTRY = new Scope("write_registry");
  /** Pulling through virtual registries. */
  static readonly READ_VIRTUAL_REGISTRY = new Scope("read_virtual_registry");
  /** Managing virtual registries and their caches. */
  static readonly WRITE_VIRTUAL_REGISTRY = new Scope("write_virtual_registry");
  /** Reading observability data. */
  static readonly READ_OBSERVABILITY = new Scope("read_observability");
  /** Writing observability data. */
  static readonly WRITE_OBSERVABILITY = new Scope("write_observability");
  /** API calls of GitLab Duo. */
  static readonly AI_FEATURES = new Scope("ai_features");
  /** Acting as any user; administrators only. */
  static readonly SUDO = new Scope("sudo");
  /** Administration through the API while Admin Mode is on; administrators only. */
  static readonly ADMIN_MODE = new Scope("admin_mode");
  /** Downloading Service Ping; administrators only. */
  static readonly READ_SERVICE_PING = new Scope("read_service_ping");

  /**
   * A scope by its name. One that this release does not know goes to the server unchecked, so that a newer GitLab
   * can be used at once.
   */
  static of(name: KnownScope | (string & {})): Scope {
    return new Scope(uncheckedScope(name));
  }

  /** A text is taken as it is, for the checks to judge. */
  static from(scope: Scope | string): Scope {
    return scope instanceof Scope ? scope : new Scope(scope);
  }

  private constructor(
    /** As declarations spell it; one that goes unchecked begins with `scope:`. */
    readonly name: string,
  ) {}

  /** As it is written in messages. */
  toString(): string {
    return this.name;
  }
}

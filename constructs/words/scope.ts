import { uncheckedScope, type KnownScope } from "../../src/model";

/**
 * What a token may be used for.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
 */
export class Scope {
  static readonly API = new Scope("api");
  static readonly READ_API = new Scope("read_api");
  static readonly READ_USER = new Scope("read_user");
  static readonly CREATE_RUNNER = new Scope("create_runner");
  static readonly MANAGE_RUNNER = new Scope("manage_runner");
  static readonly K8S_PROXY = new Scope("k8s_proxy");
  static readonly SELF_ROTATE = new Scope("self_rotate");
  static readonly MCP = new Scope("mcp");
  static readonly MCP_ORBIT = new Scope("mcp_orbit");
  static readonly READ_REPOSITORY = new Scope("read_repository");
  static readonly WRITE_REPOSITORY = new Scope("write_repository");
  static readonly READ_REGISTRY = new Scope("read_registry");
  static readonly WRITE_REGISTRY = new Scope("write_registry");
  static readonly READ_VIRTUAL_REGISTRY = new Scope("read_virtual_registry");
  static readonly WRITE_VIRTUAL_REGISTRY = new Scope("write_virtual_registry");
  static readonly READ_OBSERVABILITY = new Scope("read_observability");
  static readonly WRITE_OBSERVABILITY = new Scope("write_observability");
  static readonly AI_FEATURES = new Scope("ai_features");
  static readonly SUDO = new Scope("sudo");
  static readonly ADMIN_MODE = new Scope("admin_mode");
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

  toString(): string {
    return this.name;
  }
}

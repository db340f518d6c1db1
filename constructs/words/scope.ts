import { uncheckedScope, type KnownScope } from "../../src/model";

/**
 * What a token may be used for.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
 */
export class Scope {
  /** Read and write everything that the account may access, through the API. */
  static readonly API = new Scope("api");
  /** Read everything that the account may access, through the API. */
  static readonly READ_API = new Scope("read_api");
  /** Read the account's own user and the public profiles of others. */
  static readonly READ_USER = new Scope("read_user");
  /** Create runners. */
  static readonly CREATE_RUNNER = new Scope("create_runner");
  /** Manage runners. */
  static readonly MANAGE_RUNNER = new Scope("manage_runner");
  /** Call the Kubernetes API through GitLab's agent. */
  static readonly K8S_PROXY = new Scope("k8s_proxy");
  /** Rotate the token itself through the API. */
  static readonly SELF_ROTATE = new Scope("self_rotate");
  /** Use GitLab's MCP server. */
  static readonly MCP = new Scope("mcp");
  /** Use the MCP server's Orbit tools. */
  static readonly MCP_ORBIT = new Scope("mcp_orbit");
  /** Pull from repositories. */
  static readonly READ_REPOSITORY = new Scope("read_repository");
  /** Pull from and push to repositories. */
  static readonly WRITE_REPOSITORY = new Scope("write_repository");
  /** Pull from container registries. */
  static readonly READ_REGISTRY = new Scope("read_registry");
  /** Push to container registries. */
  static readonly WRITE_REGISTRY = new Scope("write_registry");
  /** Pull through virtual registries. */
  static readonly READ_VIRTUAL_REGISTRY = new Scope("read_virtual_registry");
  /** Manage virtual registries and their caches. */
  static readonly WRITE_VIRTUAL_REGISTRY = new Scope("write_virtual_registry");
  /** Read observability data. */
  static readonly READ_OBSERVABILITY = new Scope("read_observability");
  /** Write observability data. */
  static readonly WRITE_OBSERVABILITY = new Scope("write_observability");
  /** Call the API of GitLab Duo. */
  static readonly AI_FEATURES = new Scope("ai_features");
  /** Act as any user. Administrators only. */
  static readonly SUDO = new Scope("sudo");
  /** Administer through the API while Admin Mode is on. Administrators only. */
  static readonly ADMIN_MODE = new Scope("admin_mode");
  /** Download Service Ping. Administrators only. */
  static readonly READ_SERVICE_PING = new Scope("read_service_ping");

  /**
   * A scope by its name. A scope that this release does not know is sent to the server unchecked, so that a newer
   * GitLab can be used immediately.
   */
  static of(name: KnownScope | (string & {})): Scope {
    return new Scope(uncheckedScope(name));
  }

  /** A string is taken unchanged and checked by the rules later. */
  static from(scope: ScopeLike): Scope {
    return scope instanceof Scope ? scope : new Scope(scope);
  }

  private constructor(
    /** The scope as declarations spell it. An unchecked one begins with `scope:`. */
    readonly name: string,
  ) {}

  /** The scope as messages show it. */
  toString(): string {
    return this.name;
  }
}

/** A scope, or its name. Editors complete those that this release knows. */
export type ScopeLike = Scope | KnownScope | (string & {});

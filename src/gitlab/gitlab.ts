import { GitLabClient } from "./client";
import { AccountEndpoints } from "./endpoints/accounts";
import { ContainerEndpoints } from "./endpoints/containers";
import { InstanceEndpoints } from "./endpoints/instance";
import { IssueEndpoints } from "./endpoints/issues";
import { MemberEndpoints } from "./endpoints/members";
import { MergeRequestEndpoints } from "./endpoints/merge-requests";
import { NoteEndpoints } from "./endpoints/notes";
import { TokenEndpoints } from "./endpoints/tokens";
import { UserEndpoints } from "./endpoints/users";
import { VariableEndpoints } from "./endpoints/variables";
import type { ApplicationSettingsEntity, MetadataEntity, TokenEntity } from "./endpoints/entities";
import { isGitLabError } from "./errors";
import { likelyCauseOf } from "./likely-cause";
import { Once } from "./once";
import type { ClientSettings } from "./settings";
import type { Transport } from "./transport";

/** One GitLab instance as one caller sees it. */
export class GitLab {
  readonly client: GitLabClient;
  readonly accounts: AccountEndpoints;
  readonly containers: ContainerEndpoints;
  readonly issues: IssueEndpoints;
  readonly members: MemberEndpoints;
  readonly mergeRequests: MergeRequestEndpoints;
  readonly notes: NoteEndpoints;
  readonly tokens: TokenEndpoints;
  readonly users: UserEndpoints;
  readonly variables: VariableEndpoints;

  private readonly instance: InstanceEndpoints;
  private readonly foundMetadata: Once<MetadataEntity>;
  private readonly foundSettings: Once<ApplicationSettingsEntity | undefined>;
  private readonly foundOwnToken: Once<TokenEntity | undefined>;

  constructor(
    private readonly settings: ClientSettings,
    transport?: Transport,
  ) {
    this.client = new GitLabClient(settings, transport, (refusal) =>
      likelyCauseOf(refusal, () => this.foundMetadata.get()),
    );
    this.accounts = new AccountEndpoints(this.client);
    this.containers = new ContainerEndpoints(this.client);
    this.members = new MemberEndpoints(this.client);
    this.issues = new IssueEndpoints(this.client);
    this.mergeRequests = new MergeRequestEndpoints(this.client);
    this.notes = new NoteEndpoints(this.client);
    this.tokens = new TokenEndpoints(this.client);
    this.users = new UserEndpoints(this.client);
    this.variables = new VariableEndpoints(this.client);
    this.instance = new InstanceEndpoints(this.client);
    this.foundMetadata = new Once(() => this.instance.metadata());
    this.foundSettings = new Once(() => settingsIfAdministrator(this.instance));
    this.foundOwnToken = new Once(() => selfIfPersonalAccessToken(this.tokens));
  }

  /** Its version and edition. */
  metadata(): Promise<MetadataEntity> {
    return this.foundMetadata.get();
  }

  /** Such as `19.1.1-ee`. */
  async version(): Promise<string> {
    return (await this.foundMetadata.get()).version;
  }

  /**
   * Whether the caller may act as an administrator. Decided by an administrator route: the user's `is_admin` is true
   * under Admin Mode even for a token that lacks the scope.
   */
  async isAdministrator(): Promise<boolean> {
    return (await this.foundSettings.get()) !== undefined;
  }

  /** Undefined for callers who are not administrators. */
  applicationSettings(): Promise<ApplicationSettingsEntity | undefined> {
    return this.foundSettings.get();
  }

  /** Such as `ultimate`. Undefined if GitLab does not return it to this caller. */
  async tier(): Promise<string | undefined> {
    if (!(await this.isAdministrator())) return undefined;
    try {
      return (await this.instance.licence()).plan ?? undefined;
    } catch (error) {
      // Without a licence there is nothing to return.
      if (isGitLabError(error, "not_json")) return "free";
      if (isGitLabError(error)) return undefined;
      throw error;
    }
  }

  /** The token that this run authenticates with, without its value. Undefined for an OAuth token. */
  ownTokenDetails(): Promise<TokenEntity | undefined> {
    return this.foundOwnToken.get();
  }

  /** The instance's address as used in this run, without a slash at the end. */
  get baseUrl(): string {
    return this.client.server.replace(/\/api\/v4$/, "");
  }

  /** Known only in order to hide it. */
  get ownToken(): string {
    return this.settings.token;
  }

  /** The ID of the token that this run authenticates with. Undefined for an OAuth token. */
  async ownTokenId(): Promise<number | undefined> {
    return (await this.foundOwnToken.get())?.id;
  }

  /** The number of that token's user. Undefined for an OAuth token. */
  async ownUserId(): Promise<number | undefined> {
    return (await this.foundOwnToken.get())?.user_id;
  }

  /** The scopes of that token. Undefined for an OAuth token. */
  async ownTokenScopes(): Promise<readonly string[] | undefined> {
    return (await this.foundOwnToken.get())?.scopes;
  }

  /** The day on which that token expires. Null if it never does, undefined for an OAuth token. */
  async ownTokenExpiry(): Promise<string | null | undefined> {
    return (await this.foundOwnToken.get())?.expires_at;
  }

  /** The same instance over the same connections and budget, with another token and an empty cache. */
  withToken(token: string): GitLab {
    return new GitLab({ ...this.settings, token }, this.client.transport);
  }

  /** Work that ends what was begun, such as a delivery: its requests are sent even after the run is being stopped. */
  finish<T>(work: () => Promise<T>): Promise<T> {
    return this.client.transport.finish(work);
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

async function settingsIfAdministrator(
  instance: InstanceEndpoints,
): Promise<ApplicationSettingsEntity | undefined> {
  try {
    return await instance.settings();
  } catch (error) {
    if (isGitLabError(error, "forbidden", "insufficient_scope")) return undefined;
    throw error;
  }
}

async function selfIfPersonalAccessToken(tokens: TokenEndpoints): Promise<TokenEntity | undefined> {
  try {
    return await tokens.self();
  } catch (error) {
    if (isGitLabError(error, "bad_request")) return undefined;
    throw error;
  }
}

import type { Job, PackageFile, Release } from "./pipeline-rows";
import type {
  AccessRequest,
  AccessToken,
  AuditEvent,
  DeployToken,
  Group,
  Invitation,
  Issue,
  Member,
  MemberRole,
  MergeRequest,
  Note,
  PipelineTrigger,
  Project,
  Redirect,
  Share,
  SourceType,
  TerraformState,
  User,
  Variable,
} from "./rows";
import { defaultSettings, type Settings } from "./settings";
import { Table, type Row, type TableDump } from "./table";

/** A group or project, as memberships and variables refer to it. */
export interface SourceRef {
  readonly type: SourceType;
  readonly id: number;
}

/** The index key of a group's or project's objects. */
export function sourceKey(type: SourceType | "instance", id: number): string {
  return `${type}:${id}`;
}

/** The key of what waits for its deletion. */
function markOf({ marked_for_deletion_on: day }: Group | Project): string | null {
  return day === undefined || day === null ? null : "marked";
}

/** All data of the instance, with the look-ups that its rules need. */
export class Store {
  settings: Settings = defaultSettings();

  readonly users = new Table<User>();
  readonly usersByUsername = this.users.index((user) => user.username.toLowerCase());
  readonly usersByEmail = this.users.index((user) => user.email.toLowerCase());
  readonly usersByNamespace = this.users.index((user) => user.namespace_id);
  readonly usersByType = this.users.index((user) => user.user_type);
  readonly accountsByGroup = this.users.index((user) => user.provisioned_by_group_id);
  readonly accountsByProject = this.users.index((user) => user.provisioned_by_project_id);
  readonly usersByDeletion = this.users.index((user) =>
    user.deletion === null ? null : "pending",
  );

  readonly tokens = new Table<AccessToken>();
  readonly tokensByDigest = this.tokens.index((token) => token.digest);
  readonly tokensByUser = this.tokens.index((token) => token.user_id);
  readonly tokensByPrevious = this.tokens.index((token) => token.previous_id);

  readonly groups = new Table<Group>();
  readonly groupsByPath = this.groups.index((group) => group.full_path.toLowerCase());
  readonly groupsByParent = this.groups.index((group) => group.parent_id ?? "top-level");

  readonly groupsMarked = this.groups.index((group) => markOf(group));

  readonly projects = new Table<Project>();
  readonly projectsByPath = this.projects.index((project) => project.full_path.toLowerCase());
  /** By the path of their group or user. */
  readonly projectsByNamespace = this.projects.index(({ full_path }) =>
    full_path.slice(0, full_path.lastIndexOf("/")).toLowerCase(),
  );
  readonly projectsByGroup = this.projects.index((project) => project.group_id);

  readonly projectsMarked = this.projects.index((project) => markOf(project));

  readonly redirects = new Table<Redirect>();
  readonly redirectsByPath = this.redirects.index((redirect) => redirect.path.toLowerCase());

  readonly members = new Table<Member>();
  readonly membersBySource = this.members.index((member) =>
    sourceKey(member.source_type, member.source_id),
  );
  readonly membersByUser = this.members.index((member) => member.user_id);
  readonly membersBySourceAndUser = this.members.index(
    (member) => `${sourceKey(member.source_type, member.source_id)}:${member.user_id}`,
  );
  readonly membersWithExpiry = this.members.index((member) =>
    member.expires_at === null ? null : "expiring",
  );

  readonly shares = new Table<Share>();
  readonly sharesBySource = this.shares.index((share) =>
    sourceKey(share.source_type, share.source_id),
  );
  readonly sharesByGroup = this.shares.index((share) => share.group_id);
  readonly sharesWithExpiry = this.shares.index((share) =>
    share.expires_at === null ? null : "expiring",
  );

  readonly auditEvents = new Table<AuditEvent>();
  readonly auditEventsByEntity = this.auditEvents.index(
    (event) => `${event.entity_type}:${event.entity_id}`,
  );

  readonly invitations = new Table<Invitation>();
  readonly invitationsBySource = this.invitations.index((invitation) =>
    sourceKey(invitation.source_type, invitation.source_id),
  );

  readonly accessRequests = new Table<AccessRequest>();
  readonly accessRequestsBySource = this.accessRequests.index((request) =>
    sourceKey(request.source_type, request.source_id),
  );
  readonly accessRequestsByUser = this.accessRequests.index((request) => request.user_id);

  readonly memberRoles = new Table<MemberRole>();

  readonly variables = new Table<Variable>();
  readonly variablesBySource = this.variables.index((variable) =>
    sourceKey(variable.source_type, variable.source_id),
  );

  readonly terraformStates = new Table<TerraformState>();
  readonly terraformStatesByName = this.terraformStates.index(
    (state) => `${state.project_id}:${state.name}`,
  );

  readonly deployTokens = new Table<DeployToken>();
  readonly deployTokensBySource = this.deployTokens.index((token) =>
    sourceKey(token.source_type, token.source_id),
  );
  readonly deployTokensByDigest = this.deployTokens.index((token) => token.digest);

  readonly triggers = new Table<PipelineTrigger>();
  readonly triggersByProject = this.triggers.index((trigger) => trigger.project_id);

  readonly jobs = new Table<Job>();
  readonly jobsByDigest = this.jobs.index((job) => job.digest);
  readonly jobsByProject = this.jobs.index((job) => job.project_id);

  readonly releases = new Table<Release>();
  readonly releasesByProject = this.releases.index((release) => release.project_id);

  readonly packageFiles = new Table<PackageFile>();
  readonly packageFilesByProject = this.packageFiles.index((file) => file.project_id);

  readonly mergeRequests = new Table<MergeRequest>();
  readonly mergeRequestsByProject = this.mergeRequests.index((request) => request.project_id);

  readonly notes = new Table<Note>();
  readonly notesByMergeRequest = this.notes.index((note) => note.merge_request_id);
  readonly notesByIssue = this.notes.index((note) => note.issue_id);

  readonly issues = new Table<Issue>();
  readonly issuesByProject = this.issues.index((issue) => issue.project_id);

  directMember(source: SourceRef, userId: number): Member | undefined {
    return this.membersBySourceAndUser.first(`${sourceKey(source.type, source.id)}:${userId}`);
  }

  /** The group of a number or full path, as requests spell it. */
  groupOf(reference: string): Group | undefined {
    return isNumber(reference)
      ? this.groups.get(Number(reference))
      : this.groupsByPath.first(reference.toLowerCase());
  }

  /** The same for a project. */
  projectOf(reference: string): Project | undefined {
    return isNumber(reference)
      ? this.projects.get(Number(reference))
      : this.projectsByPath.first(reference.toLowerCase());
  }

  /** Every table, by its name in a dump. */
  private tables() {
    return {
      users: this.users,
      tokens: this.tokens,
      groups: this.groups,
      projects: this.projects,
      redirects: this.redirects,
      members: this.members,
      member_roles: this.memberRoles,
      variables: this.variables,
      terraform_states: this.terraformStates,
      merge_requests: this.mergeRequests,
      issues: this.issues,
      notes: this.notes,
      deploy_tokens: this.deployTokens,
      triggers: this.triggers,
      shares: this.shares,
      invitations: this.invitations,
      access_requests: this.accessRequests,
      audit_events: this.auditEvents,
      jobs: this.jobs,
      releases: this.releases,
      package_files: this.packageFiles,
    };
  }

  dump(): StoreDump {
    const dumps = Object.entries(this.tables()).map(([name, table]) => [name, table.dump()]);
    return { settings: this.settings, ...Object.fromEntries(dumps) } as StoreDump;
  }

  static load(dump: StoreDump): Store {
    const store = new Store();
    store.settings = { ...defaultSettings(), ...dump.settings };
    const dumps = dump as unknown as Readonly<Record<string, TableDump<Row> | undefined>>;
    for (const [name, table] of Object.entries(store.tables())) {
      (table as unknown as Table<Row>).load(dumps[name]);
    }
    return store;
  }
}

/** The whole store as JSON. It contains no token values, only their digests. */
export interface StoreDump {
  readonly settings: Settings;
  readonly users: TableDump<User>;
  readonly tokens: TableDump<AccessToken>;
  readonly groups: TableDump<Group>;
  readonly projects: TableDump<Project>;
  readonly redirects: TableDump<Redirect>;
  readonly members: TableDump<Member>;
  readonly member_roles: TableDump<MemberRole>;
  readonly variables: TableDump<Variable>;
  readonly terraform_states: TableDump<TerraformState>;
  readonly merge_requests: TableDump<MergeRequest>;
  readonly notes: TableDump<Note>;
  /** Missing in dumps of older versions. */
  readonly issues?: TableDump<Issue>;
  /** Missing in dumps of older versions. */
  readonly deploy_tokens?: TableDump<DeployToken>;
  /** Missing in dumps of older versions. */
  readonly triggers?: TableDump<PipelineTrigger>;
  /** Missing in dumps of older versions. */
  readonly shares?: TableDump<Share>;
  /** Missing in dumps of older versions. */
  readonly invitations?: TableDump<Invitation>;
  /** Missing in dumps of older versions. */
  readonly access_requests?: TableDump<AccessRequest>;
  /** Missing in dumps of older versions. */
  readonly audit_events?: TableDump<AuditEvent>;
  /** Missing in dumps of older versions. */
  readonly jobs?: TableDump<Job>;
  /** Missing in dumps of older versions. */
  readonly releases?: TableDump<Release>;
  /** Missing in dumps of older versions. */
  readonly package_files?: TableDump<PackageFile>;
}

function isNumber(reference: string): boolean {
  return /^\d+$/.test(reference);
}

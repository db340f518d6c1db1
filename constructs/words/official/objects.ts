/**
 * Resources of the official GitLab provider, as far as glsa declares them. Their names and properties are those of
 * `@cdktf/provider-gitlab` 15.6 (provider 18.6) and of Pulumi's `gitlab` package, which agree; only the project's two
 * are newer (provider 19.3, `gitlab` 10.2).
 * @see https://registry.terraform.io/providers/gitlabhq/gitlab/latest/docs
 * @see https://www.pulumi.com/registry/packages/gitlab/api-docs/
 */
export interface OfficialProperties {
  readonly groupServiceAccount: GroupAccountProperties;
  readonly projectServiceAccount: ProjectAccountProperties;
  readonly instanceServiceAccount: AccountProperties;
  readonly groupMembership: GroupMembershipProperties;
  readonly projectMembership: ProjectMembershipProperties;
  readonly groupServiceAccountAccessToken: GroupTokenProperties;
  readonly projectServiceAccountAccessToken: ProjectTokenProperties;
  readonly personalAccessToken: PersonalTokenProperties;
  readonly groupVariable: GroupVariableProperties;
  readonly projectVariable: ProjectVariableProperties;
}

export type OfficialKind = keyof OfficialProperties;

/** One resource, without a word of an engine in it. */
export type OfficialObject = {
  readonly [K in OfficialKind]: { readonly kind: K; readonly properties: OfficialProperties[K] };
}[OfficialKind];

export interface AccountProperties {
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  readonly timeouts?: { readonly delete: string };
}

export interface GroupAccountProperties extends AccountProperties {
  readonly group: string;
}

export interface ProjectAccountProperties extends AccountProperties {
  readonly project: string;
}

interface MembershipProperties {
  readonly userId: number;
  readonly accessLevel: string;
  readonly memberRoleId?: number;
  readonly expiresAt?: string;
}

export interface GroupMembershipProperties extends MembershipProperties {
  readonly groupId: number;
  readonly skipSubresourcesOnDestroy: boolean;
}

export interface ProjectMembershipProperties extends MembershipProperties {
  readonly project: string;
}

/** The token is renewed in place so many days before it ends. */
export interface RotationConfiguration {
  readonly expirationDays: number;
  readonly rotateBeforeDays: number;
}

export interface TokenProperties {
  readonly userId: number;
  readonly name: string;
  readonly scopes: string[];
  readonly expiresAt?: string;
  readonly rotationConfiguration?: RotationConfiguration;
}

export interface GroupTokenProperties extends TokenProperties {
  readonly group: string;
}

export interface ProjectTokenProperties extends TokenProperties {
  readonly project: string;
}

export interface PersonalTokenProperties extends TokenProperties {
  readonly description?: string;
}

export interface VariableProperties {
  readonly key: string;
  readonly value: string;
  readonly environmentScope?: string;
  readonly protected?: boolean;
  readonly masked: boolean;
  readonly hidden?: boolean;
  readonly raw: boolean;
}

export interface GroupVariableProperties extends VariableProperties {
  readonly group: string;
}

export interface ProjectVariableProperties extends VariableProperties {
  readonly project: string;
}

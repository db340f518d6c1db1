import type { AuditFinding } from "../../audit/finding";
import type {
  Picture,
  PicturedAccount,
  PicturedContainer,
  PicturedMembership,
  PicturedOwner,
  PicturedSharedAccess,
  PicturedToken,
  PicturedVariable,
} from "../../estate";
import { shown } from "../../review/outputs";
import { packed } from "../data/columns";
import type {
  AccountRow,
  ContainerRow,
  EstateData,
  FindingRow,
  MembershipRow,
  SharedAccessRow,
  TokenRow,
  VariableRow,
} from "../data/estate-data";
import { factsOf } from "./facts";
import { gapRows, refOf } from "./gaps";
import { placesInWords } from "../../model";
import type { TokenSchedule } from "./schedules";

/** A picture and its findings in the form of the page: flat, by columns, and every text escaped. */
export function estateData(
  picture: Picture,
  findings: readonly AuditFinding[],
  schedules: readonly TokenSchedule[],
): EstateData {
  const schedule = new Map(schedules.map((each) => [each.tokenId, each]));
  const groups = new Groups(picture);
  return {
    today: picture.today,
    instanceUrl: openable(picture.instance.url),
    accounts: packed(picture.accounts.map((account) => accountRow(account, groups))),
    tokens: packed(picture.tokens.map((token) => tokenRow(token, schedule.get(token.tokenId)))),
    memberships: packed(picture.memberships.map(membershipRow)),
    sharedAccess: packed(picture.sharedAccess.map(sharedAccessRow)),
    variables: packed(picture.variables.map(variableRow)),
    containers: packed(picture.containers.map(containerRow)),
    findings: packed(findings.map((finding) => findingRow(finding, groups))),
    gaps: packed(gapRows(picture)),
    requests: packed(
      picture.requests.map(({ method, route, count }) => ({ method, route: safe(route), count })),
    ),
    facts: factsOf(picture).map(({ term, value }) => ({ term, value: safe(value) })),
  };
}

/** Accounts and containers by their top-level group. */
class Groups {
  private readonly byUser: ReadonlyMap<number, string | null>;

  constructor({ accounts }: Picture) {
    this.byUser = new Map(accounts.map(({ userId, owner }) => [userId, groupOfOwner(owner)]));
  }

  ofUser(userId: number): string | null {
    return this.byUser.get(userId) ?? null;
  }

  of({ object }: AuditFinding): string | null {
    if (object.container !== null) return topOf(object.container);
    return object.userId === null ? null : this.ofUser(object.userId);
  }
}

function groupOfOwner(owner: PicturedOwner | null): string | null {
  if (owner === null) return null;
  if (owner.kind === "instance") return "the instance";
  return owner.path === null ? null : topOf(owner.path);
}

function topOf(path: string): string {
  return safe(path.split("/", 1)[0] ?? path);
}

function accountRow(account: PicturedAccount, groups: Groups): AccountRow {
  const { userId, username, name, email, kind, state, owner, ...rest } = account;
  return {
    id: userId,
    username: safe(username),
    name: safe(name),
    email: safeOrNull(email),
    kind,
    state: safeOrNull(state),
    isDeletionPending: rest.isDeletionPending,
    createdAt: rest.createdAt,
    owner: owner === null ? null : ownerInWords(owner),
    group: groups.ofUser(userId),
    isForeign: rest.isForeign,
    tokensSeen: rest.tokensSeen,
  };
}

function ownerInWords(owner: PicturedOwner): string {
  if (owner.kind === "instance") return "instance";
  return `${owner.kind} ${owner.path === null ? owner.id : safe(owner.path)}`;
}

function tokenRow(token: PicturedToken, schedule: TokenSchedule | undefined): TokenRow {
  const { tokenId, userId, marker, state, createdAt, expiresAt, lastUsedAt, isGranular } = token;
  return {
    id: tokenId,
    userId,
    name: safe(token.name),
    description: safeOrNull(token.description),
    scopes: safe(token.scopes.join(" ")),
    isGranular,
    permissions: safeOrNull(token.granularScopes && placesInWords(token.granularScopes).join("; ")),
    state,
    createdAt,
    expiresAt,
    lastUsedAt,
    ips: token.lastUsedIps === null ? null : safe(token.lastUsedIps.join(", ")),
    key: marker?.key ?? null,
    generation: marker?.generation ?? null,
    origin: marker?.origin ?? null,
    rotatesOn: schedule?.rotatesOn ?? null,
    revokesOn: schedule?.revokesOn ?? null,
  };
}

function membershipRow({
  userId,
  container,
  inherited,
  ...rest
}: PicturedMembership): MembershipRow {
  const { customRole } = rest;
  return {
    userId,
    container: refOf(container),
    role: roleOf(rest),
    level: rest.accessLevel,
    customRole: customRole === null ? null : safe(customRole.name ?? `number ${customRole.id}`),
    expiresAt: rest.expiresAt,
    createdAt: rest.createdAt,
    inheritedRole: inherited === null ? null : roleOf(inherited),
    inheritedLevel: inherited?.accessLevel ?? null,
    inheritedFrom: inherited === null ? null : refOf(inherited.from),
  };
}

function sharedAccessRow(access: PicturedSharedAccess): SharedAccessRow {
  const { userId, container, through, memberOf, expiresAt } = access;
  return {
    userId,
    container: refOf(container),
    through: refOf(through),
    memberOf: refOf(memberOf),
    role: roleOf(access),
    expiresAt,
  };
}

function roleOf({ role, accessLevel }: Pick<PicturedMembership, "role" | "accessLevel">): string {
  return role ?? `level ${accessLevel}`;
}

function variableRow({ container, note, ...variable }: PicturedVariable): VariableRow {
  const settings = [
    variable.variableType === "file" ? "file" : null,
    variable.isMasked ? "masked" : "not masked",
    variable.isHidden ? "hidden" : null,
    variable.isProtected ? "protected" : "not protected",
    variable.isRaw ? null : "expanded",
  ];
  return {
    container: refOf(container),
    key: safe(variable.key),
    environment: safe(variable.environmentScope),
    settings: settings.filter((setting) => setting !== null).join(", "),
    tokenId: note.tokenId,
    generation: note.marker.generation,
  };
}

function containerRow(container: PicturedContainer): ContainerRow {
  const { path, parentId } = container;
  return {
    ref: refOf(container),
    path: safe(path),
    group: topOf(path),
    parent: parentId === null ? null : refOf({ kind: "group", id: parentId }),
  };
}

function findingRow(finding: AuditFinding, groups: Groups): FindingRow {
  const { code, severity, status, object, reason, remedy, declared, waiver } = finding;
  return {
    code: safe(code),
    severity,
    status,
    object: safe(object.label),
    address: safe(object.address),
    userId: object.userId,
    container: safeOrNull(object.container),
    group: groups.of(finding),
    reason: safe(reason),
    remedy: safe(remedy),
    declared: declared.map(({ state, address }) => `${safe(address)} in ${safe(state)}`).join("\n"),
    waiver: waiver === null ? null : waiverInWords(waiver),
  };
}

function waiverInWords({ reason, until }: NonNullable<AuditFinding["waiver"]>): string {
  return until === null ? safe(reason) : `${safe(reason)} (until ${until})`;
}

function safe(text: string): string {
  return shown(text, "page");
}

function safeOrNull(text: string | null): string | null {
  return text === null ? null : safe(text);
}

/** Links only to addresses that a browser opens directly. */
function openable(url: string): string | null {
  return /^https?:\/\/[^\s"'<>]+$/i.test(url) ? url : null;
}

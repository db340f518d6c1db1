import type { GitLab, ServiceAccountEntity, TokenEntity, UserEntity } from "../gitlab";
import { readContainers } from "./containers";
import { costOf, questionsAbout, type Cost, type CostPart } from "./cost";
import type { GapLog } from "./gap-log";
import { PagedList } from "./paged-list";
import type { PicturedContainer, Scope } from "./picture";

/** The scope of a pass. */
export type WantedScope =
  { readonly kind: "instance" } | { readonly kind: "group" | "project"; readonly path: string };

export interface SurveyOptions {
  readonly scope: WantedScope;
  /** Whether CI/CD variables are read: a page for each group and project. */
  readonly withVariables: boolean;
  /** Whether the groups that are invited to groups and projects are read: a request for each group. */
  readonly withShares: boolean;
}

/** A list of accounts, and its owner. Undefined for that of the whole instance. */
export interface AccountList {
  readonly container: PicturedContainer | undefined;
  readonly accounts: PagedList<ServiceAccountEntity>;
}

/** What was read to estimate the cost of a pass. None of it is requested again. */
export interface Survey {
  readonly scope: Scope;
  readonly isAdministrator: boolean;
  readonly withVariables: boolean;
  readonly withShares: boolean;
  readonly containers: readonly PicturedContainer[];
  readonly accountLists: readonly AccountList[];
  /** The instance's accounts with their states; undefined below a group or project. */
  readonly bots: PagedList<UserEntity> | undefined;
  /** The instance's tokens, if its pages are fewer than one list per account. */
  readonly tokens: PagedList<TokenEntity> | undefined;
  readonly cost: Cost;
}

/** Only administrators can read the whole instance. */
export class NotAdministratorError extends Error {
  constructor() {
    super(
      "Only administrators can audit the whole instance, and this token is not an administrator's (or lacks the scope " +
        "admin_mode, where Admin Mode is on). Name a group whose Owner the token's user is: --group PATH.",
    );
    this.name = "NotAdministratorError";
  }
}

/** Version, rights, licence, the caller's token and its user. */
const FIRST_QUESTIONS = 5;
/** For so few accounts the pages of the instance's tokens are not even counted. */
const FEW_ACCOUNTS = 20;

/** The first requests: the caller, the scope, and the number of objects. */
export async function survey(
  gitlab: GitLab,
  { scope: wanted, withVariables, withShares }: SurveyOptions,
  gaps: GapLog,
): Promise<Survey> {
  const isAdministrator = await gitlab.isAdministrator();
  if (wanted.kind === "instance" && !isAdministrator) throw new NotAdministratorError();
  const scope = await scopeOf(gitlab, wanted);
  const { containers, pages } = await readContainers(gitlab, scope, gaps);
  const accountLists = accountListsOf(gitlab, scope, containers);
  const bots =
    scope.kind === "instance"
      ? new PagedList<UserEntity>((page) => gitlab.users.pageOfBots(page), idOf)
      : undefined;
  const sizes = await Promise.all(accountLists.map(({ accounts }) => sizeOf(accounts)));
  const accounts = sum(sizes.map(({ total }) => total));
  const tokens = isAdministrator && accounts > FEW_ACCOUNTS ? tokensOf(gitlab) : undefined;
  const tokenPages = tokens === undefined ? Infinity : (await sizeOf(tokens)).pages;
  const cost = costOf([
    { what: "first questions", requests: FIRST_QUESTIONS, isLeast: false },
    { what: "pages of groups and projects", requests: pages, isLeast: false },
    {
      what: "pages of accounts and their states",
      requests: sum(sizes.map((size) => size.pages)) + (await statePages(bots, accounts)),
      isLeast: false,
    },
    tokenPart(accounts, tokenPages),
    { what: "pages of members", requests: containers.length, isLeast: true },
    {
      what: "pages of CI/CD variables",
      requests: withVariables ? containers.length : 0,
      isLeast: true,
    },
    {
      what: "invited groups",
      requests: withShares ? requestsForShares(containers) : 0,
      isLeast: false,
    },
  ]);
  const asked = { scope, isAdministrator, withVariables, withShares };
  const base = { ...asked, containers, accountLists, bots, cost };
  return { ...base, tokens: tokenPages <= accounts ? tokens : undefined };
}

function tokenPart(accounts: number, pages: number): CostPart {
  return pages <= accounts
    ? { what: "pages of tokens, those of humans among them", requests: pages, isLeast: false }
    : { what: "lists of tokens, one per account", requests: accounts, isLeast: true };
}

/** GraphQL returns the states of 100 accounts at once. */
async function statePages(
  bots: PagedList<UserEntity> | undefined,
  accounts: number,
): Promise<number> {
  return bots === undefined ? questionsAbout(accounts) : (await sizeOf(bots)).pages;
}

/** A request for each group, and pages of projects. */
function requestsForShares(containers: readonly PicturedContainer[]): number {
  const groups = containers.filter(({ kind }) => kind === "group").length;
  return groups + Math.max(1, questionsAbout(containers.length - groups));
}

function tokensOf(gitlab: GitLab): PagedList<TokenEntity> {
  return new PagedList((page) => gitlab.tokens.pageOfAll(page), idOf);
}

function accountListsOf(
  gitlab: GitLab,
  scope: Scope,
  containers: readonly PicturedContainer[],
): AccountList[] {
  if (scope.kind === "instance") {
    const fetch = (page: number) => gitlab.accounts.page({ kind: "instance" }, page);
    return [{ container: undefined, accounts: new PagedList(fetch, idOf) }];
  }
  return containers.map((container) => {
    const { kind, id } = container;
    const fetch = (page: number) => gitlab.accounts.page({ kind, id }, page);
    return { container, accounts: new PagedList(fetch, idOf) };
  });
}

/** A failing list is reported by the code that reads it. */
async function sizeOf<T>(list: PagedList<T>): Promise<{ pages: number; total: number }> {
  return list.size().catch(() => ({ pages: 1, total: 0 }));
}

async function scopeOf(gitlab: GitLab, wanted: WantedScope): Promise<Scope> {
  if (wanted.kind === "instance") return { kind: "instance" };
  if (wanted.kind === "group") {
    const { id, full_path: path } = await gitlab.containers.group(wanted.path);
    return { kind: "group", id, path };
  }
  const { id, path_with_namespace: path } = await gitlab.containers.project(wanted.path);
  return { kind: "project", id, path };
}

function idOf({ id }: { readonly id: number }): number {
  return id;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

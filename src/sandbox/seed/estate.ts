import type { Instance } from "../instance";
import type { User } from "../state/rows";
import { seedMemberships } from "./account-memberships";
import { tellAccount } from "./accounts";
import { seedAgents } from "./agents";
import { seedBots } from "./bots";
import type { Build } from "./build";
import { seedContainers } from "./containers";
import { earlierGenerations } from "./earlier-generations";
import { seedHumans } from "./humans";
import { seedMemberRoles } from "./memberships";
import { Random } from "./random";
import type { EstatePlan } from "./sizes";
import { insertTokens } from "./tokens";
import { seedVariables } from "./variables";

const accountsPerAgent = 10;

/** Fills an instance, beside its administrator, with the data of an organisation after some years. */
export function seedEstate(instance: Instance, root: User, { sizes, seed }: EstatePlan): void {
  const build: Build = {
    instance,
    random: new Random(seed),
    sizes,
    midnight: Date.parse(`${instance.clock.today()}T00:00:00Z`),
    root,
    groups: [],
    projects: [],
    humans: [],
    roles: [],
    places: [],
    placesIn: new Map(),
  };
  seedMemberRoles(build);
  seedContainers(build);
  const humanTokens = seedHumans(build);
  const accountTokens = seedAccounts(build);
  insertTokens(build, [...humanTokens, ...accountTokens, ...seedBots(build)]);
  seedVariables(build, accountTokens);
}

/** Service accounts with their memberships, and their tokens before they have numbers. */
function seedAccounts(build: Build) {
  const { sizes, instance } = build;
  const agents = Math.floor(sizes.accounts / accountsPerAgent);
  const length = sizes.accounts - agents;
  const told = Array.from({ length }, (_, number) => tellAccount(build, number));
  const before = instance.store.members.size;
  const agentTokens = seedAgents(build, agents);
  const joined = instance.store.members.size - before;
  seedMemberships(build, told, sizes.memberships - joined);
  const tokens = [...agentTokens, ...told.flatMap((account) => account.tokens)];
  const kept = tokens.slice(0, sizes.tokens);
  return [...kept, ...earlierGenerations(build, kept, sizes.tokens - kept.length)];
}

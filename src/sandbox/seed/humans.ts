import { accessLevels } from "../auth/access";
import type { User } from "../state/rows";
import { dateIn, insertUser, type Build } from "./build";
import { insertMember, randomRole } from "./memberships";
import type { TokenDraft } from "./tokens";
import { capitalised, firstNames, lastNames } from "./words";

const eldest = 2400;
const youngest = 1500;

/** People: the first ones are the Owners of the top-level groups, and all have memberships. */
export function seedHumans(build: Build): TokenDraft[] {
  const { sizes, groups, places, humans, random } = build;
  for (let number = 0; number < sizes.humans; number++) humans.push(seedHuman(build, number));
  const tops = groups.filter(({ parent_id }) => parent_id === null);
  humans.forEach((human, number) => {
    const owned = tops[number];
    if (owned !== undefined) {
      insertMember(build, human, { type: "group", id: owned.id }, accessLevels.owner);
      return;
    }
    if (places.length > 0) insertMember(build, human, random.pick(places), randomRole(build));
  });
  return humans.filter((_, number) => number % 4 === 1).map((human) => humanToken(build, human));
}

function seedHuman(build: Build, number: number): User {
  const { random, sizes } = build;
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const isBlocked = number > 20 && random.isOneIn(40);
  return insertUser(build, eldest - (number * (eldest - youngest)) / sizes.humans, {
    username: `${first}.${last}${number + 1}`,
    name: `${capitalised(first)} ${capitalised(last)}`,
    user_type: "human",
    state: isBlocked ? "blocked" : number > 20 && random.isOneIn(30) ? "deactivated" : "active",
    external: number > 20 && random.isOneIn(50),
    last_activity_on: dateIn(build, -random.between(0, isBlocked ? 700 : 90)),
  });
}

function humanToken({ random }: Build, user: User): TokenDraft {
  const age = random.between(1, 420);
  const isUsed = !random.isOneIn(4);
  return {
    user,
    name: random.pick(["laptop", "cli", "editor", "scripts", "my token"]),
    scopes: random.pick([["api"], ["read_api"], ["read_repository"], ["api", "read_user"]]),
    age,
    expiresIn: random.between(30, 365) - age,
    revoked: random.isOneIn(10),
    usedAgo: isUsed ? random.between(0, age - 1) : undefined,
  };
}

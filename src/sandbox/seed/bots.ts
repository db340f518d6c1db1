import { insertUser, type Build } from "./build";
import { insertMember, randomRole } from "./memberships";
import type { TokenDraft } from "./tokens";
import { purposes } from "./words";

/** Access tokens of groups and projects, each with a bot that is a member only there. */
export function seedBots(build: Build): TokenDraft[] {
  const { sizes, places, random } = build;
  if (places.length === 0) return [];
  return Array.from({ length: sizes.bots }, (_, number) => {
    const place = random.pick(places);
    const name = random.pick(purposes);
    const age = random.between(5, 360);
    const user = insertUser(build, age, {
      username: `${place.type}_${place.id}_bot_${random.hex(32)}`,
      name,
      user_type: "project_bot",
    });
    insertMember(build, user, place, randomRole(build));
    const isExpired = number % 5 === 1;
    const draft = { user, name, scopes: random.pick([["api"], ["read_api"], ["read_registry"]]) };
    return {
      ...draft,
      age,
      expiresIn: isExpired ? -random.between(1, 20) : random.between(1, 366 - age),
      usedAgo: number % 4 === 2 ? undefined : random.next() * Math.min(age, 60),
    };
  });
}

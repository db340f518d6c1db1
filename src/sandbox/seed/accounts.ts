import { supports } from "../instance";
import type { User } from "../state/rows";
import type { SourceRef } from "../state/store";
import { insertUser, type Build } from "./build";
import { stories, type Story } from "./stories";
import type { TokenDraft } from "./tokens";
import { capitalised, purposes } from "./words";

/** An account with its story. */
export interface ToldAccount {
  readonly user: User;
  readonly story: Story;
  readonly tokens: readonly TokenDraft[];
  /** Where it becomes a member. */
  readonly places: readonly SourceRef[];
}

const eldest = 1500;
const youngest = 700;
const tellings = Object.values(stories);

/** An account of the instance, a group or a project. The first ones show each story once. */
export function tellAccount(build: Build, number: number): ToldAccount {
  const { random, sizes } = build;
  const story = tellings[number] ?? random.weighted(tellings);
  const owner = ownerOf(build, number);
  const purpose = random.pick(purposes);
  // Any account can be named as GitLab names those of agents.
  const username = number === 2 ? `ai-${purpose}-helper` : `${purpose}-bot-${number + 1}`;
  const age = eldest - (number * (eldest - youngest)) / sizes.accounts;
  const user = insertUser(build, age, {
    username,
    name: capitalised(`${purpose} bot`),
    user_type: "service_account",
    provisioned_by_group_id: owner?.type === "group" ? owner.id : null,
    provisioned_by_project_id: owner?.type === "project" ? owner.id : null,
    state: story.state ?? "active",
    deletion: story.isBeingDeleted === true ? { due_at: null, hard_delete: false } : null,
  });
  const tokens = story.tokens({ build, user, purpose });
  return { user, story, tokens, places: placesFor(build, owner) };
}

/** Two in five belong to the instance, two to a group of any level, and one to a project. */
function ownerOf(
  { random, groups, projects, instance }: Build,
  number: number,
): SourceRef | undefined {
  const kind = number % 5;
  if (kind % 2 === 0 && kind < 4) return undefined;
  const isEverywhere = supports(instance, "accountsEverywhere");
  if (kind === 4 && isEverywhere && projects.length > 0) {
    return { type: "project", id: random.pick(projects).id };
  }
  const open = isEverywhere ? groups : groups.filter(({ parent_id }) => parent_id === null);
  return open.length === 0 ? undefined : { type: "group", id: random.pick(open).id };
}

/** An account of a project has no other membership; one of a group stays in its tree. */
function placesFor(build: Build, owner: SourceRef | undefined): readonly SourceRef[] {
  if (owner === undefined) return build.places;
  if (owner.type === "project") return [owner];
  return build.placesIn.get(owner.id) ?? [owner];
}

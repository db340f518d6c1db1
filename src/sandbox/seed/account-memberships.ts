import { accessLevels } from "../auth/access";
import type { ToldAccount } from "./accounts";
import type { Build } from "./build";
import { insertMember, randomRole } from "./memberships";

const triesPerMembership = 20;

/** Each account with memberships gets one, and those that can have more get the rest. */
export function seedMemberships(build: Build, told: readonly ToldAccount[], count: number): void {
  const { random } = build;
  const joining = told.filter(({ story, places }) => story.members !== "none" && places.length > 0);
  let rest = count;
  const join = ({ user, places }: ToldAccount, level: number) => {
    if (insertMember(build, user, random.pick(places), level) !== undefined) rest--;
  };
  for (const account of joining) {
    if (rest <= 0) return;
    join(account, account.story.members === "owner" ? accessLevels.owner : randomRole(build));
  }
  const roaming = joining.filter(
    ({ story, places }) => story.members !== "owner" && places.length > 1,
  );
  if (roaming.length === 0) return;
  for (let tries = count * triesPerMembership; tries > 0 && rest > 0; tries--) {
    join(roaming[tries % roaming.length] ?? random.pick(roaming), randomRole(build));
  }
}

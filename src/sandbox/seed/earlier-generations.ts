import type { Build } from "./build";
import type { TokenDraft } from "./tokens";

const interval = 60;
const generation = /\d+$/;

/** The same declaration some generations before. Undefined if it had not begun. */
function earlier(description: string | undefined, by: number): string | undefined {
  const number = Number(generation.exec(description ?? "")?.[0]) - by;
  return number > 1 ? description?.replace(generation, String(number)) : undefined;
}

/** Older tokens of rotated ones, up to the intended number: revoked, or expired. */
export function earlierGenerations(
  { random }: Build,
  latest: readonly TokenDraft[],
  count: number,
): TokenDraft[] {
  const rows = latest.filter(({ isDelivered }) => isDelivered).map((draft) => ({ draft, made: 0 }));
  const drafts: TokenDraft[] = [];
  while (drafts.length < count) {
    const row = rows[drafts.length % rows.length];
    if (row === undefined) return drafts;
    row.made += 1;
    const { draft, made } = row;
    const age = draft.age + interval * (made + 1);
    drafts.push({
      ...draft,
      isDelivered: false,
      age,
      description: earlier(draft.description, made + 1),
      expiresIn: 90 - age,
      revoked: !random.isOneIn(4),
      usedAgo: age - interval + random.next(),
    });
  }
  return drafts;
}

import type { Gap, Picture, PicturedContainer } from "../../estate";
import { shown } from "../../review/outputs";
import type { GapRow } from "../data/estate-data";

/** What could not be seen first, then what is outside of this scope and this token's view. */
export function gapRows(picture: Picture): GapRow[] {
  const names = new Map(picture.accounts.map(({ userId, username }) => [userId, username]));
  return picture.gaps
    .map((gap) => gapRow(gap, names))
    .sort((one, other) => Number(one.isExpected) - Number(other.isExpected));
}

function gapRow(gap: Gap, names: ReadonlyMap<number, string>): GapRow {
  const { hides, container, route, status, reason, remedy, isExpected } = gap;
  return {
    hides: hides.join(", "),
    where: shown(placeOf(gap, names), "page"),
    container: container === null ? null : refOf(container),
    userId: gap.userId,
    route: route === null ? null : shown(route, "page"),
    status,
    reason: shown(reason, "page"),
    remedy: shown(remedy, "page"),
    isExpected,
  };
}

function placeOf({ container, userId }: Gap, names: ReadonlyMap<number, string>): string {
  if (userId !== null) return `account ${names.get(userId) ?? userId}`;
  return container === null ? "everywhere" : `${container.kind} ${container.path}`;
}

/** Groups and projects are numbered separately. */
export function refOf({ kind, id }: Pick<PicturedContainer, "kind" | "id">): string {
  return `${kind} ${id}`;
}

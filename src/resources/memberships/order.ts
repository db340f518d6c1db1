import { pathWord, type Container } from "../../model";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { nameOf } from "./others";

/** A group or project with the path that it has now. */
export interface Located {
  readonly container: Container;
  readonly fullPath: string;
}

/** Groups come before what lies in them: GitLab takes no role below one that is inherited at that moment. */
export function topDown<Item extends Located>(items: readonly Item[]): Item[] {
  const depth = ({ fullPath }: Item) => fullPath.split("/").length;
  return [...items].sort((left, right) => depth(left) - depth(right));
}

export function isAbove(
  { container, fullPath }: Located,
  below: Pick<Located, "fullPath">,
): boolean {
  if (container.kind !== "group") return false;
  return `${pathWord(below.fullPath)}/`.startsWith(`${pathWord(fullPath)}/`);
}

export async function located(container: Container, context: Context): Promise<Located> {
  const { kind, id } = container;
  const { fullPath } = await attempt(`Cannot find ${nameOf(container)}`, () =>
    context.inventory.containers.resolve(kind, id),
  );
  return { container, fullPath };
}

import type { Container } from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import type { Context } from "./context";
import { attempt } from "./failures";

/*
 * A foreign state may name a group or project by its path, and during the takeover there is no server to look up the
 * number. Until the first read the id then contains the path: group:platform/apps:345.
 */

/** Called by a read: the id with GitLab's numbers. */
export async function numberedId(id: string | null, context: Context): Promise<string | null> {
  const spelled = parseSpelled(id);
  if (spelled === undefined) return id;
  const { kind, spelling, numbers } = spelled;
  const container = await attempt(`Cannot find ${kind} "${spelling}"`, () =>
    context.inventory.containers.resolve(kind, spelling),
  );
  return `${kind}:${container.id}:${numbers}`;
}

/** Why an id in a state is malformed: the object was not read yet, or the state was changed by hand. */
export function idFailure(id: string | null): Error {
  if (parseSpelled(id) === undefined) return new Error(`the state holds the malformed id ${id}`);
  return new DiagnosticError(
    error(
      "not-read-yet",
      `${id} was not read yet`,
      "It was taken over from another provider's state, which names its group or project by path; the first read asks " +
        "GitLab for the number. Plan without -refresh=false.",
    ),
  );
}

function parseSpelled(
  id: string | null,
): { kind: Container["kind"]; spelling: string; numbers: string } | undefined {
  const parts = /^(group|project):([^:]*[^:\d][^:]*):(\d+(?::\d+)?)$/.exec(id ?? "");
  if (parts === null) return undefined;
  const [, kind, spelling = "", numbers = ""] = parts;
  return { kind: kind === "group" ? "group" : "project", spelling, numbers };
}

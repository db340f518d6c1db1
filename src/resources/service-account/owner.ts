import { featureProblem, type AccountId, type Owner } from "../../model";
import type { KnownContainer } from "../../inventory";
import { DiagnosticError, error, isUnknown } from "../../provider/contract";
import {
  containerIsUnknown,
  meansContainer,
  resolveContainer,
} from "../shared/container-attributes";
import { containerSpelling } from "../shared/container-spelling";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";

export const OWNERS = ["group", "project", "instance"] as const;

/** `group`, `project` and `instance` as they are in a configuration, a plan or a state. */
export interface OwnerValues {
  readonly group: unknown;
  readonly project: unknown;
  readonly instance: unknown;
}

/** In the apply. Refuses an owner that the server's version does not support. */
export async function resolveOwner(values: OwnerValues, context: Context): Promise<Owner> {
  const spelling = containerSpelling(values);
  if (spelling === undefined) return { kind: "instance" };
  const container = await resolveContainer(spelling, context);
  await refuseTooOld(container, context);
  return { kind: container.kind, id: container.id };
}

export async function refuseTooOld(container: KnownContainer, context: Context): Promise<void> {
  if (container.kind === "group" && !container.isSubgroup) return;
  const version = await attempt("Cannot read GitLab's version", () => context.gitlab.version());
  const problem = featureProblem(
    container.kind === "group" ? "service accounts of a subgroup" : "service accounts of a project",
    version,
  );
  if (problem === undefined) return;
  throw new DiagnosticError(error(problem.code, problem.summary, problem.detail, [container.kind]));
}

/** Whether the declaration still names the account's owner. */
export async function compareOwners(
  written: OwnerValues,
  prior: OwnerValues,
  { owner }: AccountId,
  context: Context,
): Promise<"same" | "other" | "unknown"> {
  if (containerIsUnknown(written) || isUnknown(written.instance)) return "unknown";
  const spelling = containerSpelling(written);
  if (spelling === undefined) return owner.kind === "instance" ? "same" : "other";
  if (owner.kind === "instance") return "other";
  const before = containerSpelling(prior)?.spelling ?? null;
  const isSame = await meansContainer(spelling, { ...owner, spelling: before }, context);
  return isSame === undefined ? "unknown" : isSame ? "same" : "other";
}

/** The attribute by which the owner is named. */
export function ownerAttribute(values: OwnerValues): "group" | "project" | "instance" {
  if (values.group !== null && values.group !== undefined) return "group";
  return values.project !== null && values.project !== undefined ? "project" : "instance";
}

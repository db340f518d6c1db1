import type { Container } from "../../model";

/** How a declaration names a group or project: by full path or by number. */
export interface ContainerSpelling {
  readonly kind: Container["kind"];
  readonly spelling: string;
}

/** Undefined if neither is set, or not known yet. */
export function containerSpelling(values: {
  readonly group: unknown;
  readonly project: unknown;
}): ContainerSpelling | undefined {
  if (typeof values.group === "string") return { kind: "group", spelling: values.group };
  if (typeof values.project === "string") return { kind: "project", spelling: values.project };
  return undefined;
}

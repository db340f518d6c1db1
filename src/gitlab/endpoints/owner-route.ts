import type { Owner } from "../../model";

/** The beginning of the routes below an owner, and its variable part. */
export interface OwnerRoute {
  readonly prefix: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export function ownerRoute(owner: Owner): OwnerRoute {
  switch (owner.kind) {
    case "instance":
      return { prefix: "", params: {} };
    case "group":
      return { prefix: "/groups/:id", params: { id: owner.id } };
    case "project":
      return { prefix: "/projects/:id", params: { id: owner.id } };
  }
}

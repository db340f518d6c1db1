import {
  defineAttributes,
  type ConfigOf,
  type Diagnostic,
  type StateOf,
} from "../../provider/contract";
import { ownerAttributes } from "../service-account/schema";
import { exactlyOne } from "../shared/problems";

/** Where a list searches, and what it leaves out. */
export const scopeAttributes = defineAttributes({
  group: {
    ...ownerAttributes.group,
    description: "Full path or number of the group to search, with everything below it.",
  },
  project: {
    ...ownerAttributes.project,
    description: "Full path or number of the project to search.",
  },
  instance: {
    ...ownerAttributes.instance,
    description: "True to search the whole instance, which only an administrator can do.",
  },
  username_prefix: {
    type: "string",
    optional: true,
    description: "Only accounts whose username begins with this, in any letter case.",
  },
});

export type ScopeAttributes = typeof scopeAttributes;
export type ListScope = StateOf<ScopeAttributes>;

export function validateScope(config: ConfigOf<ScopeAttributes>): Diagnostic[] {
  return exactlyOne(config, ["group", "project", "instance"]);
}

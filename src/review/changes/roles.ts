import { ACCESS_LEVELS, parseRole } from "../../model";
import type { MembershipForm } from "../objects/forms";
import { inWords, isKnown, sameValue, type Told } from "../objects/values";
import type { Change } from "../review";
import type { Tell } from "./change";

/** `developer`, `developer (custom role 7)` */
export function roleInWords({ role, customRole }: MembershipForm): string {
  const base = inWords(isKnown(role) ? (parseRole(role) ?? role) : role);
  return customRole === null ? base : `${base} (custom role ${inWords(customRole)})`;
}

/** At most one. What a custom role allows is not known, so that two of them are neither higher nor lower. */
export function roleChanges(before: MembershipForm, after: MembershipForm, tell: Tell): Change[] {
  const words = { from: roleInWords(before), to: roleInWords(after) };
  const sameCustom = sameValue(before.customRole, after.customRole);
  const levels = [levelOf(before.role), levelOf(after.role)] as const;
  const isSame = sameValue(before.role, after.role) || (levels[0] ?? -1) === (levels[1] ?? -2);
  if (isSame && sameCustom) return [];
  const [from, to] = levels;
  if (!sameCustom || from === undefined || to === undefined) {
    return [
      tell("role-changed", "changes", sameCustom ? "role changed" : "custom role changed", words),
    ];
  }
  return to > from
    ? [tell("role-raised", "gains", "role raised", words)]
    : [tell("role-lowered", "loses", "role lowered", words)];
}

/** Of a base role. */
function levelOf(role: Told<string>): number | undefined {
  if (!isKnown(role)) return undefined;
  if (role === "no one") return 0;
  const name = parseRole(role);
  return name === undefined ? undefined : ACCESS_LEVELS[name];
}

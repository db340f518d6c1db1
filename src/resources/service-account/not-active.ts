import { coded, error, warning, type Diagnostic } from "../../provider/contract";
import type { ServiceAccountState } from "./schema";

/** In the plan a warning; an apply that would have to change it fails. */
export function notActive(
  severity: Diagnostic["severity"],
  { username, id, status }: ServiceAccountState,
): Diagnostic {
  const summary = `Account "${username}" is not active`;
  const tell = severity === "error" ? error : warning;
  return coded(
    "account-not-active",
    tell(
      summary,
      `An administrator, or GitLab itself, has set ${id} to ${status}, so its tokens do not work, and new ones would not either. ` +
        `glsa cannot know whether that is meant, and does not undo it. Have it made active again (Admin area, Users), or ` +
        `remove its declaration.`,
      ["status"],
    ),
  );
}

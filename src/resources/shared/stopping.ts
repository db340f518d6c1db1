import { DiagnosticError, error } from "../../provider/contract";
import type { Context } from "./context";

/** Called before an operation that writes begins. */
export function refuseWhenStopped(context: Context): void {
  if (!context.stopped) return;
  throw new DiagnosticError(
    error(
      "run-stopped",
      "The run was stopped",
      "Nothing was started here. Apply again to continue.",
    ),
  );
}

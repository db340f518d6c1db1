import { DiagnosticError, error } from "../../provider/contract";
import type { Context } from "./context";

/** Called before an operation that writes begins. */
export function refuseWhenStopped(context: Context): void {
  if (!context.stopped) return;
  throw new DiagnosticError(
    error(
      "run-stopped",
      "The run was told to stop",
      "Nothing was begun here. Apply again to go on.",
    ),
  );
}

import { DiagnosticError, error, type Diagnostic } from "../../provider/contract";
import type { Context } from "./context";

/** The clock of the server at its last answer. */
export async function serverNow(context: Context): Promise<Date> {
  // Every answer carries it, so this asks only when nothing was asked before.
  if (context.gitlab.client.serverDate === undefined) await context.gitlab.version();
  const { serverDate } = context.gitlab.client;
  if (serverDate === undefined) throw new DiagnosticError(withoutClock(context));
  return serverDate;
}

/** By this machine's clock, which may be wrong, a token that is in use could be revoked too early. */
function withoutClock({ gitlab }: Context): Diagnostic {
  return error(
    "server-without-clock",
    "The server does not tell its time",
    `The answers of ${gitlab.client.server} carry no header Date, by which glsa counts the days of tokens. A proxy in ` +
      `between takes it away; let it through (nginx: no proxy_hide_header Date; HAProxy: no http-response del-header Date).`,
  );
}

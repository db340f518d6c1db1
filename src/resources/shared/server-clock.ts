import { DiagnosticError, error, type Diagnostic } from "../../provider/contract";
import type { Context } from "./context";

/** The server's clock at its last response. */
export async function serverNow(context: Context): Promise<Date> {
  // Every response carries it, so a request is sent only if there was none before.
  if (context.gitlab.client.serverDate === undefined) await context.gitlab.version();
  const { serverDate } = context.gitlab.client;
  if (serverDate === undefined) throw new DiagnosticError(withoutClock(context));
  return serverDate;
}

/** By this machine's clock, which may be wrong, a token in use could be revoked too early. */
function withoutClock({ gitlab }: Context): Diagnostic {
  return error(
    "server-without-clock",
    "The server does not return its time",
    `The responses of ${gitlab.client.server} carry no header Date, by which glsa counts the days of tokens. A proxy in ` +
      `between removes it; let it through (nginx: no proxy_hide_header Date; HAProxy: no http-response del-header Date).`,
  );
}

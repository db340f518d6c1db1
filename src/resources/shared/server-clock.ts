import type { Context } from "./context";

/** The clock of the server at its last answer. */
export async function serverNow(context: Context): Promise<Date> {
  // Every answer carries it, so this asks only when nothing was asked before.
  if (context.gitlab.client.serverDate === undefined) await context.gitlab.version();
  const { serverDate } = context.gitlab.client;
  if (serverDate === undefined) throw new Error("the server's answers carry no date");
  return serverDate;
}

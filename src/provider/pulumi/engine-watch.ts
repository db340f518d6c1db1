import { connect } from "node:net";

/** An engine that nobody can connect to any more was killed before this process came to look. */
export function exitWithoutEngine(address: string): void {
  const found = /^(.+):(\d+)$/.exec(address);
  if (found === null) return;
  const [, host = "", port] = found;
  const socket = connect({ host, port: Number(port) });
  socket.once("connect", () => socket.destroy());
  socket.once("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "ECONNREFUSED") process.exit();
  });
}

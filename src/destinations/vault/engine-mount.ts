import { serverText } from "../../http";
import { isVaultError, VaultError } from "./errors";
import type { KvSecret } from "./kv-secret";

/**
 * Refuses a mount that is no KV engine of version 2: there, the same requests would write a value to another place.
 * Vault's own command line asks the same question before it writes.
 */
export async function refuseOtherEngines({ session, mount }: KvSecret): Promise<void> {
  const path = `sys/internal/ui/mounts/${mount}`;
  const engine = await session
    .request({ method: "GET", path })
    .then(({ data }) => data)
    .catch((error: unknown) => {
      // Who may not ask is refused by what he asks for next.
      if (isVaultError(error, "forbidden")) return undefined;
      throw error;
    });
  if (engine === undefined) return;
  const type = serverText(String(engine["type"]));
  const options = engine["options"];
  const version =
    typeof options === "object" && options !== null && "version" in options
      ? serverText(String(options.version))
      : "1";
  if (type !== "kv" || version !== "2") {
    const found = type === "kv" ? `a KV engine of version ${version}` : `an engine of type ${type}`;
    throw new VaultError(
      "other_engine",
      `mount "${mount}" is ${found}`,
      "Write the mount of a KV engine of version 2.",
    );
  }
  const root = serverText(String(engine["path"])).replace(/\/$/, "");
  if (mount.startsWith(`${root}/`)) {
    const rest = mount.slice(root.length + 1);
    throw new VaultError(
      "other_engine",
      `the engine is mounted at "${root}", not at "${mount}"`,
      `Write mount = "${root}", and put "${rest}/" before path.`,
    );
  }
}

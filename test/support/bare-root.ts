import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engine";

/**
 * A root with nothing but the engine, the folders that are given, and what imitates a layer of compatibility: no
 * interpreter, no library, no shell. Everything in it is gone with the process.
 */
const SCRIPT = `#!/bin/sh
# The engine's command line. What prepares the root needs a PATH; in the root it leads to nothing.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
exec unshare --map-root-user --mount sh -c '
  root=$(mktemp -d -p "$AT")
  mount -t tmpfs none "$root"
  for path in /proc $FOLDERS; do
    mkdir -p "$root$path"
    mount --rbind "$path" "$root$path"
  done
  mkdir -p "$root/lib64" "$root/tmp" "$root/dev"
  echo "not of GNU" >"$root/lib64/ld-linux-x86-64.so.2"
  cp "$ENGINE" "$root/engine"
  exec chroot "$root" /engine -chdir="$AT" "$@"
' sh "$@"
`;

/** An engine that runs in such a root. The engine must be linked statically. */
export function inBareRoot(engine: Engine, at: string, folders: readonly string[]): Engine {
  const script = join(mkdtempSync(join(at, "bare-")), engine.name);
  const variables = [
    `FOLDERS="${[at, ...folders].join(" ")}"`,
    `ENGINE=${engine.binary}`,
    `AT=${at}`,
  ];
  writeFileSync(script, SCRIPT.replace(/^(#!.*)$/m, `$1\nexport ${variables.join(" ")}`));
  chmodSync(script, 0o755);
  return { ...engine, binary: script };
}

/** Whether this machine lets a process have a root of its own. */
export const hasOwnRoots =
  spawnSync("unshare", ["--map-root-user", "--mount", "true"]).status === 0;

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";

/** A process of this machine, distinguished from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in the system's unit. `0` if it is not known. */
  readonly start: string;
}

const UNTOLD = "0";

export function identify(pid: number): ProcessIdentity {
  return { pid, start: startOf(pid) ?? UNTOLD };
}

/** False for one that has ended, and for another process with its number. */
export function isAlive({ pid, start }: ProcessIdentity): boolean {
  const now = startOf(pid);
  if (now !== undefined) return now === start;
  return start === UNTOLD && answersSignals(pid);
}

/**
 * Names the PID namespace. Containers, and machines with a network file system, may share a temporary folder but not
 * their numbers. After a restart, numbers and times begin again.
 */
export function processSpace(): string {
  const words = [readLink("/proc/self/ns/pid"), readText("/proc/sys/kernel/random/boot_id")];
  return createHash("sha256").update(words.join(" ")).digest("hex").slice(0, 12);
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return UNTOLD;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return UNTOLD;
  }
}

function startOf(pid: number): string | undefined {
  return process.platform === "linux" ? startOnLinux(pid) : startOnMac(pid);
}

function startOnLinux(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, which may contain anything.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const isZombie = fields[0] === "Z";
    return isZombie ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startOnMac(pid: number): string | undefined {
  try {
    const told = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    });
    return told.trim().replace(/[^A-Za-z0-9]+/g, "") || undefined;
  } catch {
    return undefined;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

import { BlockList, isIP } from "node:net";

/** A server, as `NO_PROXY` can name it. */
export interface Target {
  /** In lower case, without brackets. */
  readonly host: string;
  readonly port: string;
}

/**
 * Whether `NO_PROXY` exempts a server. It can contain a name, which includes all below it; `.name` and `*.name`, which
 * mean only what is below; an address; a network such as `10.0.0.0/8`; each optionally with a port; or `*`. Names are
 * not resolved.
 */
export function isExempt(target: Target, noProxy: string): boolean {
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => covers(entry.toLowerCase(), target));
}

function covers(entry: string, { host, port }: Target): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return networkHolds(entry, host);
  const [name, onlyPort] = splitPort(entry);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (isIP(name) !== 0) return networkHolds(`${name}/${isIP(name) === 4 ? 32 : 128}`, host);
  const domain = name.replace(/\.$/, "");
  const below = domain.replace(/^\*?\./, "");
  if (below === "") return false;
  return host.endsWith(`.${below}`) || (domain === below && host === below);
}

function splitPort(entry: string): [name: string, port: string | undefined] {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry);
  if (bracketed !== null) return [bracketed[1] ?? "", bracketed[2]];
  if (isIP(entry) !== 0) return [entry, undefined];
  const [, name = entry, port] = /^([^:]*):(\d+)$/.exec(entry) ?? [];
  return [name, port];
}

function networkHolds(network: string, host: string): boolean {
  const family = isIP(host);
  const [address = "", bits = ""] = network.split("/");
  if (family === 0 || isIP(address) !== family || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const networks = new BlockList();
  networks.addSubnet(address, Number(bits), type);
  return networks.check(host, type);
}

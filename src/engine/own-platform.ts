/** This machine, in the words of the engines: `linux_amd64`. */
export function ownPlatform(): string {
  const systems: Partial<Record<NodeJS.Platform, string>> = { win32: "windows" };
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  return `${systems[process.platform] ?? process.platform}_${architecture}`;
}

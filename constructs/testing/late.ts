/** Whether only the apply knows the value: it is a reference, or contains one. */
export function isLate(value: unknown): boolean {
  if (typeof value === "string") return value.includes("${");
  return Array.isArray(value) && value.some(isLate);
}

/** The value as it is shown to readers: a reference without its braces. */
export function spell(value: unknown): string {
  if (Array.isArray(value)) return value.map(spell).join(" ");
  return String(value).replace(/\$\{([^}]*)\}/g, "$1");
}

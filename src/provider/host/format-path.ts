import type { AttributePath } from "../contract";

/** A path as people write it: `hosts[0].name`. */
export function formatPath(path: AttributePath): string {
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join("");
}

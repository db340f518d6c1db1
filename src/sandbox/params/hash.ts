import { invalid, type Param } from "./types";

/** An object that the route parses itself. */
export function hash(): Param<Readonly<Record<string, unknown>> | undefined> {
  return {
    required: false,
    fallback: undefined,
    read: (raw) =>
      typeof raw === "object" && raw !== null && !Array.isArray(raw)
        ? (raw as Readonly<Record<string, unknown>>)
        : invalid,
  };
}

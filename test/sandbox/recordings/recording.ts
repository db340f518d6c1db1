import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A token of a recording; its value was lost, so requests name it by an alias. */
export interface RecordedToken {
  readonly kind: "prepared" | "issued" | "invalid";
  readonly label?: string;
  readonly pat_id?: number;
  readonly user_id?: number;
  /** Index of the interaction whose answer made the token. */
  readonly issued_by?: number;
}

export interface Interaction {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Json;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[]>>;
    readonly body: Json;
  };
}

export interface Recording {
  /** Path below the folder of recordings, e.g. `18.11.5/paths/….json`. */
  readonly file: string;
  readonly gitlab_version: string;
  readonly tokens: Readonly<Record<string, RecordedToken>>;
  readonly redacted_values: readonly {
    readonly interaction: number;
    readonly pointer: string;
    readonly recorded_length: number | null;
    readonly token: string;
  }[];
  readonly interactions: readonly Interaction[];
}

/** Beside the checkout, as the recordings are shared and no part of the package. */
const folder = resolve(__dirname, "../../../../shared/recordings");
const isVersion = (name: string): boolean => /^\d+\.\d+\.\d+$/.test(name);

export const recordingsArePresent = existsSync(join(folder, "index.json"));

export function recordingFiles(): string[] {
  if (!recordingsArePresent) return [];
  return readdirSync(folder)
    .filter(isVersion)
    .flatMap((version) =>
      readdirSync(join(folder, version), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".json"))
        .map((name) => `${version}/${name}`),
    )
    .sort();
}

export function readRecording(file: string): Recording {
  const content = JSON.parse(readFileSync(join(folder, file), "utf8")) as Omit<Recording, "file">;
  return { ...content, file };
}

/** The time of the recorded server when the first answer was sent. */
export function startOf({ file, interactions }: Recording): string {
  const date = interactions[0]?.response.headers["Date"];
  if (typeof date !== "string") throw new Error(`${file}: the first answer has no Date header`);
  return new Date(date).toISOString();
}

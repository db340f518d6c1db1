import type { BuildOptions, Metafile } from "esbuild";

export const version: string;
export const shared: BuildOptions;
export function sharedWithPages(): Promise<BuildOptions>;
export function packagesOf(inputs: Metafile["inputs"]): string[];
export function licences(names: readonly string[]): string;

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bundle } from "./compile";
import { licences } from "../bundling.mjs";
import { libcOf } from "./fetched";
import { BUN_VERSION, LIBC_VERSION, type Platform } from "./platforms";

/** One file of an archive. */
export interface Entry {
  readonly name: string;
  readonly content: Buffer;
  readonly isExecutable: boolean;
}

export interface Built {
  readonly platform: Platform;
  readonly bundle: Bundle;
  readonly executable: Buffer;
  /** On Linux. */
  readonly launcher?: Buffer;
}

/** Where the launcher looks, beside itself. */
const RUNTIME_FOLDER = "glsa-runtime";

/** What a platform's archive holds, with glsa under the name that makes it a provider or the command. */
export function contentsOf(built: Built, name: string): Entry[] {
  const { platform, executable, launcher, bundle } = built;
  const suffix = platform.os === "windows" ? ".exe" : "";
  const libc = libcOf(platform);
  const programs =
    launcher === undefined
      ? [program(`${name}${suffix}`, executable)]
      : [program(name, launcher), program(`${RUNTIME_FOLDER}/glsa`, executable)];
  const libraries = libc?.files.map((file) => ({
    name: `${RUNTIME_FOLDER}/${file.name}`,
    content: readFileSync(file.path),
    isExecutable: true,
  }));
  return [
    text("LICENSE", readFileSync("LICENSE", "utf8")),
    text("THIRD_PARTY_LICENSES.txt", thirdPartyLicences(bundle, libc?.licence)),
    ...programs,
    ...(libraries ?? []),
  ];
}

function thirdPartyLicences({ packages }: Bundle, libc: string | undefined): string {
  const bun = readFileSync(join(__dirname, "licences/bun.md"), "utf8");
  return [
    licences([...packages]),
    `Bun ${BUN_VERSION} (MIT; links libraries under other licences, as it says)\n\n${bun}`,
    ...(libc === undefined
      ? []
      : [
          `GNU C Library, package libc6 ${LIBC_VERSION} of Debian, unchanged (LGPL-2.1-or-later). Its source is Debian's source package glibc of this version.\n\n${readFileSync(libc, "utf8")}`,
          // The launcher holds Go's runtime.
          `Go (BSD-3-Clause)\n\n${readFileSync(join(__dirname, "licences/go.txt"), "utf8")}`,
        ]),
  ].join("\n\n----\n\n");
}

function program(name: string, content: Buffer): Entry {
  return { name, content, isExecutable: true };
}

function text(name: string, content: string): Entry {
  return { name, content: Buffer.from(content), isExecutable: false };
}

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../bundling.mjs";
import { writeJson } from "./mirror";

/** The archive of the command for one platform. */
export interface CommandArchive {
  readonly os: string;
  readonly architecture: string;
  readonly file: string;
  readonly sha256: string;
}

const DESCRIPTION = "GitLab service accounts as code";

/** A formula of Homebrew and a manifest of Scoop, for those who keep a tap or a bucket. */
export function writePackageManagers(
  release: string,
  url: string,
  archives: readonly CommandArchive[],
): void {
  for (const name of ["homebrew", "scoop"]) mkdirSync(join(release, name), { recursive: true });
  writeFileSync(join(release, "homebrew/glsa.rb"), formula(url, archives));
  writeJson(join(release, "scoop/glsa.json"), manifest(url, archives));
}

/** The launcher finds what it starts beside itself, also through Homebrew's link. */
function formula(url: string, archives: readonly CommandArchive[]): string {
  const source = (os: string, architecture: string) => {
    const found = archives.find((one) => one.os === os && one.architecture === architecture);
    if (found === undefined) return [];
    const block = architecture === "arm64" ? "on_arm" : "on_intel";
    return [
      `    ${block} do`,
      `      url "${url}/${found.file}"`,
      `      sha256 "${found.sha256}"`,
      "    end",
    ];
  };
  const system = (os: string, block: string) => [
    `  ${block} do`,
    ...source(os, "arm64"),
    ...source(os, "amd64"),
    "  end",
  ];
  return [
    "class Glsa < Formula",
    `  desc "${DESCRIPTION}"`,
    `  homepage "${url}"`,
    `  version "${version}"`,
    '  license "Apache-2.0"',
    "",
    ...system("darwin", "on_macos"),
    ...system("linux", "on_linux"),
    "",
    "  def install",
    '    libexec.install Dir["*"]',
    '    bin.install_symlink libexec/"glsa"',
    '    generate_completions_from_executable(bin/"glsa", "complete", shells: [:bash, :zsh, :fish])',
    "  end",
    "",
    "  test do",
    '    assert_equal version.to_s, shell_output("#{bin}/glsa --version").strip',
    "  end",
    "end",
    "",
  ].join("\n");
}

function manifest(url: string, archives: readonly CommandArchive[]): object {
  const windows = archives
    .filter(({ os }) => os === "windows")
    .map(({ architecture, file, sha256 }) => [
      architecture === "arm64" ? "arm64" : "64bit",
      { url: `${url}/${file}`, hash: sha256 },
    ]);
  return {
    version,
    description: DESCRIPTION,
    homepage: url,
    license: "Apache-2.0",
    architecture: Object.fromEntries(windows) as object,
    bin: "glsa.exe",
  };
}

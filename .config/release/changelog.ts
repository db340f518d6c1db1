const UNRELEASED = "## Unreleased";

/**
 * The changelog with what is unreleased under a version of its own.
 * @param date such as `2026-11-30`
 * @throws where nothing is unreleased, or the version is there already
 */
export function released(changelog: string, version: string, date: string): string {
  if (changelog.includes(`\n## ${version} `)) {
    throw new Error(`CHANGELOG.md has a section for ${version} already.`);
  }
  if (sectionBelow(changelog, UNRELEASED) === "") {
    throw new Error('CHANGELOG.md has nothing below "Unreleased".');
  }
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## ${version} (${date})`);
}

/** What a release's notes say: its section, or the unreleased one while the version has none. */
export function notesOf(changelog: string, version: string): string {
  const [heading = UNRELEASED] =
    changelog.split("\n").filter((line) => line.startsWith(`## ${version} `)) ?? [];
  return `${sectionBelow(changelog, heading)}\n`;
}

function sectionBelow(changelog: string, heading: string): string {
  const [, after = ""] = changelog.split(`\n${heading}\n`);
  const [section = ""] = after.split(/^## /m);
  return section.trim();
}

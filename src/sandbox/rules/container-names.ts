import type { SourceType } from "../state/rows";

const longestName = 255;
const ociText =
  "can only include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', '_', or '.', nor end with '-', '_', '.', '.git', or '.atom'.";

const formatTexts: Readonly<Record<SourceType, string>> = {
  group:
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.",
  project:
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'",
};

/** The problems of a path's form, by two rules: that of registries and that of addresses. */
export function pathProblems(type: SourceType, path: string): string[] {
  if (path === "") return ["can't be blank"];
  const isFit = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(path) && !/(?:\.git|\.atom)$/i.test(path);
  const endsWell = type === "project" || !path.endsWith(".");
  return [
    ...(path.length > longestName ? [`is too long (maximum is ${longestName} characters)`] : []),
    ...(/^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/.test(path) ? [] : [ociText]),
    ...(isFit && endsWell ? [] : [formatTexts[type]]),
  ];
}

const namePatterns: Readonly<Record<SourceType, RegExp>> = {
  group: /^[\p{L}\p{N}\u{a9}-\u{1f9ff}_][\p{L}\p{N}\p{Pd}\u{a9}-\u{1f9ff}_()\p{M}. ]*$/u,
  project: /^[\p{L}\p{N}\u{a9}-\u{1f9ff}_][\p{L}\p{N}\p{Pd}\u{a9}-\u{1f9ff}_+\p{M}. ]*$/u,
};

const nameTexts: Readonly<Record<SourceType, string>> = {
  group:
    "can contain only letters, digits, emoji, '_', '.', dash, space, parenthesis. It must start with letter, digit, emoji or '_'.",
  project:
    "can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. It must start with a letter, digit, emoji, or '_'.",
};

export function nameProblems(type: SourceType, name: string): string[] {
  if (name.trim() === "") return ["can't be blank"];
  return [
    ...(name.length > longestName ? [`is too long (maximum is ${longestName} characters)`] : []),
    ...(namePatterns[type].test(name) ? [] : [nameTexts[type]]),
  ];
}

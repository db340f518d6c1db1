import { error, warning, type AttributePath, type Diagnostic } from "../../provider/contract";

/** An object that two declarations have, by name or by number. */
export function twoAddresses(label: string, path?: AttributePath): Diagnostic {
  return error(
    "two-addresses",
    `${capitalised(label)} is declared at two addresses`,
    "Two declarations of this run have it, in this configuration of the provider or in another one. They would change " +
      "it in turn, and removing one would destroy what the other keeps. Keep one of the two; if the other is already in the " +
      "state, remove it from the state only, with a removed block that says destroy = false, or with state rm. " +
      "In a list with count every entry moves up when one before it is removed: use for_each with the usernames as keys, and " +
      "moved blocks from the numbers to them.",
    path,
  );
}

/** Which of the two comes first is decided by the engine. */
export function destroyedAndKept(label: string): Diagnostic {
  return error(
    "destroyed-and-kept",
    `${capitalised(label)} would be destroyed at one address and kept at another`,
    "This plan destroys at one address what another address of the run creates, adopts or keeps, and the destruction " +
      "may come last. If only the address changed, also to another module or another configuration of the provider, add\n\n" +
      "moved {\n  from = OLD ADDRESS\n  to   = NEW ADDRESS\n}\n\n" +
      "If two blocks had it, remove one from the state only, with a removed block that says destroy = false, or with " +
      "state rm. To remove it for good, destroy it in an apply of its own.",
  );
}

export function destructionRuns(label: string): Diagnostic {
  return error(
    "destruction-runs",
    `${capitalised(label)} is being destroyed at another address`,
    "Another address of this same run is destroying it, so nothing is created or taken over. Apply again.",
  );
}

export function isKept(label: string): Diagnostic {
  return warning(
    "kept-elsewhere",
    `${capitalised(label)} is kept`,
    "Another address took it over in this same apply, so the old address only releases it.",
  );
}

/** The checks within each configuration apply; a run with one configuration loses nothing. */
export function runFolderUnusable(reason: string): Diagnostic {
  return warning(
    "run-folder-unusable",
    "The folder of this run cannot be used",
    `${reason}. In that folder the provider configurations of one run (aliases, for_each) share what they plan. ` +
      "Without it each is checked on its own: one may destroy what another keeps, and limits on removals count for each. " +
      "With one configuration nothing is lost. Make the folder yours and writable, or set TMPDIR to one that is.",
  );
}

function capitalised(label: string): string {
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}

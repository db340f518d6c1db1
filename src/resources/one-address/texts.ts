import { error, warning, type AttributePath, type Diagnostic } from "../../provider/contract";

/** Of an object that two declarations have, by name or by number. */
export function twoAddresses(label: string, path?: AttributePath): Diagnostic {
  return error(
    "two-addresses",
    `${capitalised(label)} is declared at two addresses`,
    "Two declarations of this run have it, in this configuration of the provider or in another one. They would change " +
      "it by turns, and removing one would destroy what the other keeps. Leave one of the two; if the other is in the " +
      "state already, take it out of the state alone, with a removed block that says destroy = false, or with state rm. " +
      "In a list with count every entry moves up when one before it goes: use for_each with the usernames as keys, and " +
      "moved blocks from the numbers to them.",
    path,
  );
}

/** Which of the two comes first is up to the engine. */
export function destroyedAndKept(label: string): Diagnostic {
  return error(
    "destroyed-and-kept",
    `${capitalised(label)} would be destroyed at one address and kept at another`,
    "This plan destroys at one address what another address of the run creates, adopts or keeps, and the destruction " +
      "may come last. If only the address changed, also to another module or another configuration of the provider, add\n\n" +
      "moved {\n  from = OLD ADDRESS\n  to   = NEW ADDRESS\n}\n\n" +
      "If two blocks had it, take one out of the state alone, with a removed block that says destroy = false, or with " +
      "state rm. If it shall really go, destroy it in an apply of its own.",
  );
}

export function destructionRuns(label: string): Diagnostic {
  return error(
    "destruction-runs",
    `${capitalised(label)} is just being destroyed at another address`,
    "Another address of this same run destroys it at this moment, so nothing is made or taken over. Apply once more.",
  );
}

export function isKept(label: string): Diagnostic {
  return warning(
    "kept-elsewhere",
    `${capitalised(label)} is kept`,
    "Another address took it over in this same apply, so the old address only gives it up.",
  );
}

/** The guards within each configuration hold; a run of one configuration lacks nothing. */
export function runFolderUnusable(reason: string): Diagnostic {
  return warning(
    "run-folder-unusable",
    "The folder of this run cannot be used",
    `${reason}. In that folder the provider configurations of one run (aliases, for_each) tell each other what they plan. ` +
      "Without it each is checked on its own: one may destroy what another keeps, and limits on removals count for each. " +
      "With one configuration nothing is lost. Make the folder yours and writable, or set TMPDIR to one that is.",
  );
}

function capitalised(label: string): string {
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}

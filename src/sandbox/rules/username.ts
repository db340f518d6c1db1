import type { Store } from "../state/store";
import type { User } from "../state/rows";
import { isReservedAtTopLevel } from "./reserved-names";

const longest = 255;

/** Endings that Rails interprets as a response type. */
const reservedExtensions = new Set([
  ...["html", "xhtml", "txt", "text", "js", "css", "ics", "csv", "vcf", "vtt", "png", "jpg"],
  ...["jpeg", "jpe", "pjpeg", "gif", "bmp", "tif", "tiff", "svg", "webp", "mpg", "mpeg", "mpe"],
  ...["mp1", "mp2", "mp3", "oga", "ogg", "spx", "opus", "m4a", "mpg4", "aac", "webm", "mp4"],
  ...["m4v", "otf", "ttf", "woff", "woff2", "xml", "rss", "yml", "yaml", "json", "pdf", "zip"],
  ...["gz", "patch", "diff", "md", "atom"],
]);

/** The problems of a username, as full messages. */
export function usernameProblems(store: Store, username: string, of?: User): string[] {
  const isTaken =
    (store.usersByUsername.first(username.toLowerCase()) ?? of) !== of ||
    store.groupsByPath.first(username.toLowerCase()) !== undefined;
  return [
    ...(hasReservedExtension(username)
      ? ["Username ending with a reserved file extension is not allowed."]
      : []),
    ...(isTaken ? ["Username has already been taken"] : []),
    ...(username.length > longest
      ? [`Username is too long (maximum is ${longest} characters)`]
      : []),
    ...(isWellFormed(username)
      ? []
      : [
          "Username can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.",
        ]),
    ...(isReservedAtTopLevel(username) ? [`Username ${username} is a reserved name`] : []),
  ];
}

function isWellFormed(username: string): boolean {
  return /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(username) && !/(?:\.|\.git|\.atom)$/.test(username);
}

function hasReservedExtension(username: string): boolean {
  const dot = username.lastIndexOf(".");
  return dot >= 0 && reservedExtensions.has(username.slice(dot + 1));
}

/** The problems of an email address, as full messages. */
export function emailProblems(store: Store, email: string, of?: User): string[] {
  const isTaken = (store.usersByEmail.first(email.toLowerCase()) ?? of) !== of;
  return [
    ...(isTaken ? ["Email has already been taken"] : []),
    ...(/^[^\s@]+@[^\s@]+$/.test(email) ? [] : ["Email is invalid"]),
  ];
}

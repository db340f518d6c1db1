import { posix, resolve } from "node:path";
import { defineDestination, onDestroy, onDestroyText, overwrite } from "../record";

/** A file on the machine that runs the engine. */
export const file = defineDestination({
  description: "A file on the machine that runs the apply.",
  attributes: {
    path: {
      type: "string",
      required: true,
      description: "Path of the file, absolute or relative to the folder in which the engine runs.",
    },
    mode: {
      type: "string",
      optional: true,
      computed: true,
      default: "0600",
      description: "Permissions of the file in octal digits.",
    },
    redeliver_missing: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description:
        "Make a new token when the file is missing. Otherwise a missing file is not drift: a fresh machine has none.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["path"],
  exact: [],
  isLocal: true,
  spelling: ({ path }) => resolve(String(path)),
  rules: {
    path: {
      problem(path) {
        if (path.trim() !== "") return undefined;
        return {
          code: "malformed-file-path",
          summary: "A file needs a path",
          detail: "path is empty. Write where the value shall go.",
        };
      },
      inPrograms(path) {
        if (path.trim() !== "" && !path.endsWith("/")) return undefined;
        return {
          code: "malformed-file-path",
          summary: `"${path}" is not the path of a file`,
          detail: `It must name a file in a folder that exists; got "${path}". Write such as "secrets/deploy-token".`,
        };
      },
    },
    mode: {
      problem(mode) {
        if (isMode(mode)) return undefined;
        return {
          code: "malformed-file-mode",
          summary: `"${mode}" is not a file mode`,
          detail: `mode must be octal permissions such as 0600; got "${mode}".`,
        };
      },
      inPrograms(mode) {
        if (isMode(mode)) return undefined;
        return {
          code: "malformed-file-mode",
          summary: `"${mode}" is not a file mode`,
          detail: `It must be three octal digits, with or without a zero before them; got "${mode}". Write "0600", which lets no other user read the file.`,
        };
      },
    },
  },
  label: ({ path }, say) => `file "${posix.normalize(say(path))}"`,
  review: { label: ({ path }, say) => `file ${say(path)}` },
  options: {
    text: "A file, on the machine that runs the apply, that receives a token's value and nothing else.",
    attributes: { on_destroy: onDestroyText("file") },
  },
});

function isMode(mode: string): boolean {
  return /^0?[0-7]{3}$/.test(mode);
}

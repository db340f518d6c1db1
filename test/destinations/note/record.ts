import {
  defineDestination,
  onDestroy,
  onDestroyText,
  overwrite,
} from "../../../src/destinations/record";

/** A line of a text file. */
export const note = defineDestination({
  description: "A line of a text file.",
  attributes: {
    path: { type: "string", required: true, description: "Path of the file." },
    title: {
      type: "string",
      optional: true,
      computed: true,
      default: "token",
      description: "What stands before the value.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["path", "title"],
  exact: ["title"],
  isLocal: true,
  rules: {
    title: {
      problem(title) {
        if (/^\w+$/.test(title)) return undefined;
        return {
          code: "malformed-note-title",
          summary: `"${title}" is not the title of a note`,
          detail: `title must be one word; got "${title}". Write such as "token".`,
        };
      },
    },
  },
  label: ({ path, title }, say) => `note "${say(title)}" in "${say(path)}"`,
  review: { label: ({ path, title }, say) => `note ${say(title)} in ${say(path)}` },
  options: {
    text: "A line of a text file that receives a token's value.",
    attributes: { on_destroy: onDestroyText("line") },
  },
});

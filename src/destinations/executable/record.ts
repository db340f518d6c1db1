import { timeoutProblem } from "../../model";
import {
  defineDestination,
  onDestroy,
  onDestroyText,
  overwrite,
  type Say,
  type Written,
} from "../record";

/** An executable that somebody else wrote, which speaks a protocol of JSON. */
export const executable = defineDestination({
  description:
    "An executable glsa-destination-NAME of your own in PATH, which checks, delivers, looks, puts back and removes.",
  attributes: {
    name: {
      type: "string",
      required: true,
      description: "What follows glsa-destination- in the executable's name.",
    },
    settings: {
      type: "map",
      element: "string",
      optional: true,
      description:
        "What the executable receives about the place. Other settings are another place.",
    },
    timeout: {
      type: "string",
      optional: true,
      computed: true,
      default: "1m",
      description: "Time limit of each run, such as 90s, 10m or 1h.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["name", "settings"],
  exact: ["name", "settings"],
  rules: {
    name: {
      problem(name) {
        if (/^[a-z0-9][a-z0-9-]*$/.test(name)) return undefined;
        return {
          code: "malformed-executable-name",
          summary: `"${name}" cannot name a destination's executable`,
          detail: `It must have lower-case letters, digits and "-"; got "${name}". Write such as "jenkins" for glsa-destination-jenkins.`,
        };
      },
    },
    timeout: { problem: (text) => timeoutProblem("timeout", text) },
  },
  label: inWords,
  review: { label: inWords },
  options: {
    text: "An executable of your own, `glsa-destination-NAME` in PATH, that takes values to places that glsa cannot reach, and reports the result. docs/add-a-destination.md describes what it reads and writes.",
    attributes: { on_destroy: onDestroyText("place") },
  },
});

function inWords({ name, settings }: Written, say: Say): string {
  const isMap = typeof settings === "object" && settings !== null;
  const pairs = isMap
    ? Object.entries(settings).sort(([one], [other]) => (one < other ? -1 : 1))
    : [];
  const words = pairs.map(([key, value]) => `${key} ${say(value)}`).join(", ");
  return `destination "${say(name)}"${words === "" ? "" : ` (${words})`}`;
}

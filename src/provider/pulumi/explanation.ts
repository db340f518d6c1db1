import {
  formatExplanation,
  holdsUnknown,
  isRecord,
  sameValue,
  type AttributePath,
  type Attributes,
  type ExplanationCode,
} from "../contract";
import type { Change } from "./change";
import { toPropertyPath } from "./names";

/**
 * What an engine's own plan cannot show, because it knows only the recorded state and the inputs: changes from outside,
 * and values that the provider sets by itself.
 */
export function explainChange(attributes: Attributes, change: Change): string[] {
  const { observed, planned, changed, wanted } = change;
  const { recorded, state } = observed;
  const isSecret = (name: string) =>
    attributes[name]?.sensitive === true || wanted.secrets.has(name) || recorded.secrets.has(name);
  const tell = (name: string, from: unknown, to: unknown) =>
    isSecret(name) ? [{ path: [name], from: SECRET, to: SECRET }] : differences([name], from, to);
  const told = (
    code: ExplanationCode,
    all: readonly Difference[],
    inWords: (difference: Told) => string,
  ) => {
    if (all.length === 0) return [];
    const words = all.map(({ path, from, to }) =>
      inWords({ property: toPropertyPath(path, attributes), from: text(from), to: text(to) }),
    );
    const values = all.map(({ path, to }) => ({ path, value: to ?? null }));
    return [formatExplanation(`${OPENINGS[code]}: ${words.join("; ")}.`, { code, values })];
  };
  const foundElsewhere = changed
    .filter((name) => !sameValue(recorded.state[name], state[name]))
    .flatMap((name) => tell(name, recorded.state[name], state[name]));
  const setByProvider = changed
    .filter((name) => wanted.config[name] === null && !holdsUnknown(planned[name]))
    .flatMap((name) => tell(name, state[name], planned[name]));
  return [
    ...told(
      "found-changed",
      foundElsewhere,
      ({ property, from, to }) => `${property} is ${to} and not ${from}`,
    ),
    ...told(
      "planned",
      setByProvider,
      ({ property, from, to }) => `${property} becomes ${to} (${from} now)`,
    ),
  ];
}

const OPENINGS = { "found-changed": "Found changed", planned: "Planned" } as const;

/** In the form in which Pulumi shows a secret. */
const SECRET = "[secret]";

interface Told {
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

function text(value: unknown): string {
  if (value === SECRET) return SECRET;
  return value === null || value === undefined ? "nothing" : JSON.stringify(value);
}

interface Difference {
  readonly path: AttributePath;
  readonly from: unknown;
  readonly to: unknown;
}

/** Where two values differ, as deep inside as they still have the same shape. */
function differences(path: AttributePath, from: unknown, to: unknown): Difference[] {
  if (sameValue(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return from.flatMap((item, index) => differences([...path, index], item, to[index]));
  }
  if (isRecord(from) && isRecord(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return names.flatMap((name) => differences([...path, name], from[name], to[name]));
  }
  return [{ path, from, to }];
}

import { holdsUnknown, sameValue, type Attributes } from "../contract";
import { differences } from "./differences";
import type { Change } from "./handlers/plan-change";
import { toPropertyPath } from "./property-path";

/** A difference in words. */
interface Told {
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What an engine's own plan cannot show, because it knows only the recorded state and the inputs: what somebody else
 * changed, and what the provider sets by itself.
 */
export function explainChange(attributes: Attributes, change: Change): string[] {
  const { observed, planned, changed, wanted } = change;
  const { recorded, state } = observed;
  const isSecret = (name: string) =>
    attributes[name]?.sensitive === true || wanted.secrets.has(name) || recorded.secrets.has(name);
  const tell = (name: string, from: unknown, to: unknown): Told[] => {
    if (isSecret(name)) {
      return [{ property: toPropertyPath([name], attributes), from: "[secret]", to: "[secret]" }];
    }
    return differences([name], from, to).map((difference) => ({
      property: toPropertyPath(difference.path, attributes),
      from: inWords(difference.from),
      to: inWords(difference.to),
    }));
  };
  const foundElsewhere = changed
    .filter((name) => !sameValue(recorded.state[name], state[name]))
    .flatMap((name) => tell(name, recorded.state[name], state[name]))
    .map(({ property, from, to }) => `${property} is ${to} and not ${from}`);
  const setByProvider = changed
    .filter((name) => wanted.config[name] === null && !holdsUnknown(planned[name]))
    .flatMap((name) => tell(name, state[name], planned[name]))
    .map(({ property, from, to }) => `${property} becomes ${to} (${from} now)`);
  return [
    ...(foundElsewhere.length > 0 ? [`Found changed: ${foundElsewhere.join("; ")}.`] : []),
    ...(setByProvider.length > 0 ? [`Planned: ${setByProvider.join("; ")}.`] : []),
  ];
}

function inWords(value: unknown): string {
  return value === null || value === undefined ? "nothing" : JSON.stringify(value);
}

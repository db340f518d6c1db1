import { holdsUnknown, sameValue, type Attributes } from "../contract";
import type { Change } from "./handlers/plan-change";
import { toPropertyName } from "./names";

/**
 * What an engine's own plan cannot show, because it knows only the recorded state and the inputs: what somebody else
 * changed, and what the provider sets by itself.
 */
export function explainChange(attributes: Attributes, change: Change): string[] {
  const { observed, planned, changed, wanted } = change;
  const { recorded, state } = observed;
  const isSecret = (name: string) =>
    attributes[name]?.sensitive === true || wanted.secrets.has(name) || recorded.secrets.has(name);
  const show = (name: string, value: unknown) => (isSecret(name) ? "[secret]" : inWords(value));
  const foundElsewhere = changed
    .filter((name) => !sameValue(recorded.state[name], state[name]))
    .map((name) => {
      const found = show(name, state[name]);
      return `${toPropertyName(name)} is ${found} and not ${show(name, recorded.state[name])}`;
    });
  const setByProvider = changed
    .filter((name) => wanted.config[name] === null && !holdsUnknown(planned[name]))
    .map((name) => {
      const becomes = show(name, planned[name]);
      return `${toPropertyName(name)} becomes ${becomes} (${show(name, state[name])} now)`;
    });
  return [
    ...(foundElsewhere.length > 0 ? [`Found changed: ${foundElsewhere.join("; ")}.`] : []),
    ...(setByProvider.length > 0 ? [`Planned: ${setByProvider.join("; ")}.`] : []),
  ];
}

function inWords(value: unknown): string {
  return value === null || value === undefined ? "nothing" : JSON.stringify(value);
}

import { isAtLeast } from "../../model";
import type { Check } from "../check";
import { fault, fine } from "../finding";

/** The oldest release of Node that glsa runs on. */
const OLDEST_NODE = "20.18";

/** What glsa itself runs on. */
export const runtime: Check = {
  name: "runtime",
  needs: [],
  examine: ({ given: { version, runtime: on } }) => {
    if (on.isExecutable) return [fine(`glsa ${version}, the executable`)];
    if (isAtLeast(on.node, OLDEST_NODE)) return [fine(`glsa ${version} on Node ${on.node}`)];
    return [
      fault(
        "old-node",
        `Node ${on.node} is too old for glsa ${version}`,
        `Install Node ${OLDEST_NODE} or later, or take glsa's executable, which needs none.`,
      ),
    ];
  },
};

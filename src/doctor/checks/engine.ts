import { serverText } from "../../http";
import { isAtLeast } from "../../model";
import type { EngineName } from "../../engine";
import type { Check } from "../check";
import { fault, fine } from "../finding";

/** The oldest releases that speak the protocols of the provider. */
const OLDEST: Readonly<Record<EngineName, string>> = {
  terraform: "1.0",
  tofu: "1.6",
  pulumi: "3.0",
};

/** The engine of the folder, and whether it is recent enough. */
export const engine: Check = {
  name: "engine",
  needs: [],
  examine: async (setup) => {
    const { command, name, folder } = setup.engine;
    const reply = await setup.ask("version");
    if (reply?.succeeded !== true) {
      return [
        fault(
          "engine-failed",
          `${command} cannot say its version: ${serverText(reply?.words ?? "")}`,
          `Start ${command} version by hand, and install it anew where that fails.`,
        ),
      ];
    }
    const version = versionIn(reply.text);
    if (version !== undefined && isAtLeast(version, OLDEST[name])) {
      return [fine(`${command} ${version} in ${folder}`)];
    }
    return [
      fault(
        "old-engine",
        `${command} ${version ?? "of an unknown version"} cannot start glsa's provider`,
        `Install ${command} ${OLDEST[name]} or later.`,
      ),
    ];
  },
};

function versionIn(text: string): string | undefined {
  return /"(?:terraform|opentofu)_version":\s*"([^"]+)"|^v?(\d+\.\d+\.\d+\S*)/m
    .exec(text)
    ?.slice(1)
    .find(Boolean);
}

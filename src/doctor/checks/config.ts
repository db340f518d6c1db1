import { auditSettingsOfFolder, ConfigError, findConfigs, policyOfFolder } from "../../config";
import type { Check } from "../check";
import { fault, fine } from "../finding";

/** `glsa.config.json` of the folder and of those above it. */
export const config: Check = {
  name: "config",
  needs: [],
  examine: ({ given: { folder } }) => {
    try {
      policyOfFolder(folder);
      auditSettingsOfFolder(folder);
    } catch (failure) {
      if (!(failure instanceof ConfigError)) throw failure;
      const remedy =
        "Correct it; docs/policy.md lists the settings. Until then every plan is refused.";
      return [fault("unusable-config", failure.message, remedy)];
    }
    const files = findConfigs(folder);
    if (files.length === 0) return [fine("No glsa.config.json: nothing is limited")];
    return [fine(`The policy is that of ${files.join(" and ")}`)];
  },
};

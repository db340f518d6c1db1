import { place } from "../../../src/destinations/azure-secret/implementation";
import { azureSecret } from "../../../src/destinations/azure-secret/record";
import { TestAzure } from "../../support/clouds/azure";
import { AzureReader } from "../../support/clouds/azure-reader";
import { gateBefore, settingsOf, type Conforming } from "./under-test";

export const azureSecretUnderTest: Conforming = {
  async start() {
    const azure = await TestAzure.start();
    const reader = new AzureReader(azure);
    const { checkpoint, gate } = await gateBefore(azure.url);
    const before = { ...process.env };
    Object.assign(process.env, azure.environment);
    const at = (name: string, written: object) =>
      place(settingsOf(azureSecret, { vault: gate.url, name, ...written }));
    const deny = (right: string) => () => void azure.denied.add(right);
    return {
      checkpoint,
      place: (name, written = {}) => at(name, written),
      respelled: (name) => at(name.toUpperCase(), { vault: `${gate.url}/` }),
      held: (name) => reader.read(name),
      write: (name, value) => reader.write(name, value),
      neighbours: async (name) => [...azure.secrets.keys()].filter((other) => other !== name),
      denials: {
        "a login that is not known any more": () => void (azure.isLoggedOut = true),
        "no set": deny("set"),
        "no update": deny("update"),
        "neither get nor list": () => ["get", "list"].forEach((right) => azure.denied.add(right)),
      },
      hide: deny("get"),
      allow: () => {
        azure.isLoggedOut = false;
        azure.denied.clear();
      },
      close: async () => {
        process.env = before;
        await gate.close();
        await azure.close();
      },
    };
  },
};

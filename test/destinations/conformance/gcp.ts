import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { place } from "../../../src/destinations/gcp-secret/implementation";
import { gcpSecret } from "../../../src/destinations/gcp-secret/record";
import { GOOGLE_PROJECT, TestGoogle } from "../../support/clouds/google";
import { GoogleReader } from "../../support/clouds/google-reader";
import { gateBefore, settingsOf, type Conforming } from "./under-test";

export const gcpSecretUnderTest: Conforming = {
  async start() {
    const google = await TestGoogle.start();
    const reader = new GoogleReader(google);
    const { checkpoint, gate } = await gateBefore(google.url);
    const folder = mkdtempSync(join(tmpdir(), "glsa-google-"));
    const file = join(folder, "pool.json");
    const subject = join(folder, "subject");
    writeFileSync(subject, google.login.subjectToken);
    writeFileSync(file, JSON.stringify(google.login.poolFile(google.url, subject)));
    const before = { ...process.env };
    const login = {
      GOOGLE_APPLICATION_CREDENTIALS: file,
      METADATA_SERVER_DETECTION: "none",
    };
    Object.assign(process.env, login);
    const at = (secret: string, written: object) =>
      place(
        settingsOf(gcpSecret, { project: GOOGLE_PROJECT, secret, endpoint: gate.url, ...written }),
      );
    const deny = (permission: string) => () =>
      void google.denied.add(`secretmanager.${permission}`);
    return {
      checkpoint,
      place: (name, written = {}) => at(name, written),
      respelled: (name) => at(name, { endpoint: `${gate.url}/` }),
      held: (name) => reader.read(name),
      write: (name, value) => reader.write(name, value),
      neighbours: async (name) => [...google.secrets.keys()].filter((other) => other !== name),
      denials: {
        "no login": () =>
          void (process.env["GOOGLE_APPLICATION_CREDENTIALS"] = join(folder, "none.json")),
        "no secrets.get": deny("secrets.get"),
        "no secrets.create": deny("secrets.create"),
        "no versions.get": deny("versions.get"),
        "no versions.add": deny("versions.add"),
        "no versions.disable": deny("versions.disable"),
      },
      hide: deny("versions.access"),
      allow: () => {
        Object.assign(process.env, login);
        google.denied.clear();
      },
      close: async () => {
        process.env = before;
        await gate.close();
        await google.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { DeliveryCommand } from "../../../src/destinations/command/implementation";
import { ExecutableDestination } from "../../../src/destinations/executable/implementation";
import { executable } from "../../../src/destinations/executable/record";
import { place } from "../../../src/destinations/file/implementation";
import { file } from "../../../src/destinations/file/record";
import { settingsOf, type Conforming } from "./under-test";

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "glsa-conformance-"));
  const pathOf = (name: string) => join(folder, name);
  return {
    folder,
    pathOf,
    held: async (name: string) =>
      existsSync(pathOf(name)) ? readFileSync(pathOf(name), "utf8") : undefined,
    write: async (name: string, value: string) => writeFileSync(pathOf(name), value),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const fileUnderTest: Conforming = {
  limits: { ignoresMissing: true },
  async start() {
    const { folder, pathOf, ...hands } = newFolder();
    symlinkSync(folder, `${folder}-link`);
    let isGone = false;
    return {
      ...hands,
      place: (name, written = {}) => {
        const path = isGone ? join(folder, "gone", name) : pathOf(name);
        return place(settingsOf(file, { path, ...written }));
      },
      respelled: (name) => place(settingsOf(file, { path: join(`${folder}-link`, name) })),
      neighbours: async (name) =>
        readdirSync(folder).filter(
          (other) => !other.startsWith(name) && !other.startsWith(`.${name}`),
        ),
      denials: { "a folder that is not there": () => void (isGone = true) },
      allow: () => void (isGone = false),
      close: async () => {
        rmSync(`${folder}-link`);
        await hands.close();
      },
    };
  },
};

export const commandUnderTest: Conforming = {
  limits: { isBlind: true },
  async start() {
    const { folder, pathOf, ...hands } = newFolder();
    let isMissing = false;
    let isRefusing = false;
    return {
      ...hands,
      place: (name) => {
        const path = pathOf(name);
        const deliver = ["sh", "-c", `cat > ${path}.draft && mv ${path}.draft ${path}`];
        const options = {
          argv: isMissing ? [join(folder, "missing"), name] : deliver,
          checkArgv: isRefusing ? ["false"] : undefined,
          removeArgv: ["rm", "-f", path],
          timeoutMilliseconds: undefined,
        };
        return new DeliveryCommand(options, "", { PATH: process.env["PATH"] });
      },
      denials: {
        "a program that is missing": () => void (isMissing = true),
        "a check that fails": () => void (isRefusing = true),
      },
      allow: () => {
        isMissing = false;
        isRefusing = false;
      },
    };
  },
};

/** The example of the protocol, which an author's own executable can take the place of. */
export const executableUnderTest: Conforming = {
  async start() {
    const { pathOf, ...hands } = newFolder();
    let name = "folder";
    const PATH = `${resolve("examples/destination")}${delimiter}${process.env["PATH"]}`;
    return {
      ...hands,
      place: (place_, written = {}) => {
        const settings = { name, settings: { path: pathOf(place_) }, ...written };
        return new ExecutableDestination(settingsOf(executable, settings), "", { PATH });
      },
      denials: { "an executable that is missing": () => void (name = "missing") },
      allow: () => void (name = "folder"),
    };
  },
};

import { prepareGroup } from "../../../src/prove/recording/prepare-group";
import type { Recording } from "../../../src/prove/recording/recording";
import { replay } from "../../../src/prove/recording/replay";
import { PreparedInstance } from "./prepared-instance";
import { isHandedIn, readRecording, recordingFiles, recordingsArePresent } from "./recording";

/** Every difference, as one line. */
async function differencesOf(recording: Recording): Promise<string[]> {
  const { prepared } = recording;
  const stage =
    prepared === undefined
      ? await PreparedInstance.start(recording)
      : await prepareGroup(recording, prepared);
  try {
    return (await replay(recording, stage)).flatMap(({ request, differences }, index) =>
      differences.map(
        ({ where, recorded, answered }) =>
          `${index} ${request} ${where}: recorded ${recorded}, answered ${answered}`,
      ),
    );
  } finally {
    await stage.close();
  }
}

if (!recordingsArePresent) {
  describe("recorded traffic of real servers", () => {
    test.skip("SKIPPED: there is no folder ../shared/recordings beside this checkout", () => {});
  });
} else {
  describe("recorded traffic of real servers", () => {
    const files = recordingFiles();

    test("covers every release that was recorded", () => {
      const versions = files.map((file) => file.split("/")[0]);
      if (isHandedIn) expect(versions).not.toEqual([]);
      else expect(new Set(versions)).toEqual(new Set(["17.11.7", "18.11.5"]));
    });

    test.each(files)("%s is answered as recorded", async (file) => {
      expect(await differencesOf(readRecording(file))).toEqual([]);
    });
  });
}

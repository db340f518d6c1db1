import { readRecording, recordingFiles, recordingsArePresent } from "./recording";
import { replay } from "./replay";

if (!recordingsArePresent) {
  describe("recorded traffic of real servers", () => {
    test.skip("SKIPPED: there is no folder ../shared/recordings beside this checkout", () => {});
  });
} else {
  describe("recorded traffic of real servers", () => {
    const files = recordingFiles();

    test("covers both recorded releases", () => {
      const versions = new Set(files.map((file) => file.split("/")[0]));
      expect([...versions]).toEqual(["17.11.7", "18.11.5"]);
    });

    test.each(files)("%s is answered as recorded", async (file) => {
      expect(await replay(readRecording(file))).toEqual([]);
    });
  });
}

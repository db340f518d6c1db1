import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { useSandbox } from "../../src/sandbox";
import { cacheFolder, observationsOf } from "./program";

const goIsThere = spawnSync("go", ["version"]).status === 0;
const program = join(cacheFolder, "client-go");

/** The first time, modules are fetched and compiled. */
const buildTime = 600_000;

const describeWithGo = goIsThere ? describe : describe.skip;

describeWithGo(
  `GitLab's client for Go${goIsThere ? "" : " (skipped: go is not installed)"}`,
  () => {
    const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z" });

    beforeAll(async () => {
      const cwd = join(__dirname, "client-go");
      await promisify(execFile)("go", ["build", "-o", program, "."], { cwd });
    }, buildTime);

    test("sees the life of an account as a real server would show it", async () => {
      const notFound = { status: 404, message: "Not Found" };
      gitlab.control.setDeletionDelay(null);
      expect(await observationsOf([program], gitlab)).toEqual({
        account: {
          id: expect.any(Number) as number,
          name: "Deployer",
          username: "deployer",
          email: expect.stringMatching(/^service_account_group_\d+_[0-9a-f]{32}@noreply/) as string,
        },
        membership: [30, 40, "2026-12-01"],
        memberships: 1,
        removed: notFound,
        self: [true, "for the pipeline", "2026-09-01", true],
        rotated: [200, "for the pipeline", "2026-10-01", true],
        "old value": {
          status: 401,
          message:
            "{error: invalid_token}, {error_description: Token was revoked. You have to re-authorize from the user.}",
        },
        tokens: { active: 0, all: 3 },
        deleted: "blocked",
        "project account": [1, true, true, ["read_api"]],
        offset: [26, "bot-24"],
        keyset: [26, "bot-24"],
        refusals: [
          { status: 400, message: "{message: 400 Bad request - Username has already been taken}" },
          notFound,
          { status: 401, message: "{message: 401 Unauthorized}" },
        ],
        "not found": true,
      });
    });
  },
);

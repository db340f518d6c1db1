import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { useSandbox } from "../../src/sandbox";
import { observationsOf } from "./program";

/** Debian's own, because only it sees the package python3-gitlab. */
const python = "/usr/bin/python3";
const moduleIsThere = spawnSync(python, ["-c", "import gitlab"]).status === 0;

const describeWithModule = moduleIsThere ? describe : describe.skip;
const reason = moduleIsThere ? "" : " (skipped: the package python3-gitlab is not installed)";

describeWithModule(`python-gitlab${reason}`, () => {
  const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z" });

  test("sees the life of an account as a real server would show it", async () => {
    gitlab.control.setDeletionDelay(null);
    const workflow = join(__dirname, "python-gitlab", "workflow.py");
    expect(await observationsOf([python, workflow], gitlab)).toEqual({
      account: "deployer",
      membership: {
        changed: [40, "2026-12-01"],
        inherited: 40,
        removed: [404, "404 Not found"],
      },
      tokens: {
        user: "deployer",
        self: [true, ["api"]],
        rotated: ["deploy", "2026-06-08"],
        "old value": [401, "invalid_token"],
        active: 0,
        all: 3,
      },
      variables: {
        several: [
          409,
          "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'",
        ],
        staging: ["staging", true],
      },
      deleted: "blocked",
      paging: { total: 26, pages: 3, "by number": 26, "by keyset": [26, "bot-00", "deployer"] },
      refusals: {
        taken: [400, "400 Bad request - Username has already been taken"],
        hidden: [404, "404 Group Not Found"],
        "not an administrator": [403, "403 Forbidden"],
        "too late": [422, "Expires at must be before 2027-06-01"],
        "no role": [400, { access_level: ["is not included in the list"] }],
      },
    });
  });
});

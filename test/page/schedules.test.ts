import { declarationsIn } from "../../src/review";
import { schedulesOf } from "../../src/page";
import { state } from "../cli/plans";

test("a state's rotations and revocations become marks of the time line", () => {
  const text = state({
    token_id: 12,
    rotates_at: "2026-07-01",
    previous: [
      { token_id: 11, revoke_at: "2026-06-20T10:00:00Z" },
      { token_id: 10, revoke_at: null },
    ],
  });
  const schedules = schedulesOf([{ name: "production", declarations: declarationsIn(text) }]);
  expect(schedules).toEqual([
    { tokenId: 12, rotatesOn: "2026-07-01", revokesOn: null },
    { tokenId: 11, rotatesOn: null, revokesOn: "2026-06-20" },
  ]);
});

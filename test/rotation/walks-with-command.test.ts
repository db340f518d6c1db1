import { walkAtRandom } from "./walks";

test("random walks of the provider, begun with a file and a command, agree with the machine at each step and end with one token that works", async () => {
  await walkAtRandom(true);
}, 7_200_000);

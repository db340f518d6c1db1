import type { Calendar } from "../../src/review";

const platform = {
  account: "platform-deployer",
  object: 'token "ci"',
  address: "glsa_access_token.ci",
};
const legacy = {
  account: "legacy-bot",
  object: 'token "api"',
  address: "glsa_access_token.legacy",
};

/** Made on 2026-06-20. */
export const sampleCalendar: Calendar = {
  entries: [
    { date: "2026-06-18", kind: "revoked", ...platform, detail: "token 11, which is replaced" },
    { date: "2026-06-25", kind: "expires", ...legacy, detail: "it does not work from this day on" },
    {
      date: "2026-07-01",
      kind: "rotates",
      ...platform,
      detail: "token 12 is replaced, as every 30d",
    },
    {
      date: "2026-07-05",
      kind: "access-expires",
      account: "legacy-bot",
      object: "membership of platform/charts",
      address: "glsa_membership.legacy",
      detail: "developer until then",
    },
  ],
  warnings: [{ ...legacy, text: "It expires on 2026-06-25, and nothing replaces it." }],
};

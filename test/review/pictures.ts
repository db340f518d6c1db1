import type { Review } from "../../src/review/review";
import { change, emptyReview, sample } from "./sample";

/** The notes that are looked at as pictures. */
export const NOTES: Readonly<Record<string, Review>> = {
  small: emptyReview({
    accounts: [
      {
        account: "platform-deployer",
        owner: "group platform",
        changes: [
          change("role-raised", "gains", "membership of platform/charts", {
            address: "glsa_membership.deployer_in_charts",
            summary: "role raised",
            from: "developer",
            to: "maintainer",
          }),
        ],
      },
    ],
  }),
  mixed: sample,
  large: emptyReview({
    accounts: Array.from({ length: 500 }, (_, at) => ({
      account: `team-${String(at).padStart(3, "0")}-bot`,
      owner: "group platform",
      changes: [
        ...(at < 117
          ? [
              change("role-raised", "gains", "membership of platform/charts", {
                address: `glsa_membership.charts["${at}"]`,
                summary: "role raised",
                from: "developer",
                to: "maintainer",
              }),
            ]
          : []),
        ...(at === 42
          ? [
              change("account-deleted", "destroys", "account", {
                address: `glsa_service_account.team["${at}"]`,
                summary: "deleted",
                details: ["Its tokens stop working at once, and its memberships go."],
              }),
            ]
          : [
              change("setting-changed", "changes", 'token "ci"', {
                address: `glsa_access_token.ci["${at}"]`,
                summary: "description",
                from: "nothing",
                to: "for charts",
              }),
            ]),
      ],
    })),
  }),
  quiet: emptyReview({
    planned: { create: 0, update: 12, delete: 0 },
    accounts: Array.from({ length: 12 }, (_, at) => ({
      account: `team-${at}-bot`,
      owner: "group platform",
      changes: [
        change("rotation", "routine", 'token "ci"', {
          address: `glsa_access_token.ci["${at}"]`,
          summary: "rotates: due since 2026-07-01",
        }),
      ],
    })),
  }),
};

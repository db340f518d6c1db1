import {
  Delivery,
  Duration,
  problemText,
  Rotation,
  Scope,
  tokenProblems,
} from "../../../constructs/words";

/** In the place of an engine's test: a text in angle brackets, or a number below zero, is known later. */
const isLate = (value: unknown) =>
  typeof value === "number" ? value < 0 : typeof value === "string" && value.startsWith("<");

function problemsOf(rotation: Rotation): string[] {
  const problems = tokenProblems(
    {
      name: "ci",
      scopes: [Scope.API],
      rotation,
      deliverTo: [Delivery.file({ path: "token" })],
    },
    isLate,
  );
  return problems.map(problemText);
}

test.each([
  [Duration.days(30), "30d"],
  [Duration.weeks(4), "4w"],
  [Duration.of("P30D"), "P30D"],
  [Duration.from("2w"), "2w"],
  [Duration.from(Duration.days(1)), "1d"],
])("a duration is written as the provider reads it: %s", (duration, text) => {
  expect(duration.toString()).toBe(text);
});

test.each([
  [Rotation.every(Duration.days(30))],
  [Rotation.every(Duration.weeks(4), { overlap: Duration.days(3), lifetime: "P60D" })],
  [Rotation.every("1d", { overlap: "0d", quietFor: "0d", maxHold: Duration.days(0) })],
])("a rotation that works has no problems", (rotation) => {
  expect(problemsOf(rotation)).toEqual([]);
});

test.each<[string, Rotation, string]>([
  [
    "a month",
    Rotation.every(Duration.of("1m")),
    'rotation.every: "1m" is not a number of days. every must be whole days or weeks, such as 30d, 4w or P30D; got "1m". [malformed-duration]',
  ],
  [
    "half a day",
    Rotation.every(Duration.days(30), { quietFor: Duration.days(0.5) }),
    'rotation.quietFor: "0.5d" is not a number of days. quietFor must be whole days or weeks, such as 30d, 4w or P30D; got "0.5d". [malformed-duration]',
  ],
  [
    "an empty text",
    Rotation.every(Duration.days(30), { maxHold: "" }),
    'rotation.maxHold: "" is not a number of days. maxHold must be whole days or weeks, such as 30d, 4w or P30D; got "". [malformed-duration]',
  ],
  [
    "no day",
    Rotation.every(Duration.days(0)),
    "rotation.every: every must be at least 1 day. Rotation is due by date, so at most once a day. Write 1d or more. [every-too-short]",
  ],
  [
    "a rotation as short as the overlap that it has by default",
    Rotation.every(Duration.days(3)),
    "rotation.overlap: overlap must be shorter than every. The old token would still be alive at the next rotation: every is 3 days, overlap 3 days. Write an overlap of at most 2 days, or a longer every. [overlap-too-long]",
  ],
  [
    "a short lifetime",
    Rotation.every(Duration.days(30), { lifetime: Duration.days(30) }),
    "rotation.lifetime: lifetime is too short. A token's lifetime must cover every and overlap, which is 33 days; lifetime is 30 days. Leave lifetime out, or write 40d, which allows for missed runs. [lifetime-too-short]",
  ],
  [
    "more than GitLab allows",
    Rotation.every(Duration.weeks(60)),
    "rotation.every: The token would have to live longer than GitLab allows. It needs 423 days, and the maximum lifetime is 400 days. Rotate more often. [lifetime-too-long]",
  ],
])("%s is refused", (_, rotation, message) => {
  expect(problemsOf(rotation)).toEqual([message]);
});

test("every malformed duration is named at once", () => {
  const rotation = Rotation.every("a", { overlap: "b", lifetime: "c" });

  expect(problemsOf(rotation).map((problem) => problem.replace(/:.*/, ""))).toEqual([
    "rotation.every",
    "rotation.overlap",
    "rotation.lifetime",
  ]);
});

test("a duration that is known later passes, and with it what depends on it", () => {
  expect(problemsOf(Rotation.every("<every>", { overlap: "400d" }))).toEqual([]);
  expect(problemsOf(Rotation.every(Duration.days(-1), { overlap: "400d" }))).toEqual([]);
  expect(problemsOf(Rotation.every("30d", { lifetime: "<lifetime>", overlap: "x" }))).toEqual([
    'rotation.overlap: "x" is not a number of days. overlap must be whole days or weeks, such as 30d, 4w or P30D; got "x". [malformed-duration]',
  ]);
});

import type { Progress } from "../estate";

const WIDTH = 24;
const EVERY = 100;

/** A bar on standard error, where that is a terminal; else nothing. */
export function progressBar(sent: () => number): Progress {
  const { stderr } = process;
  if (!stderr.isTTY || process.env["TERM"] === "dumb") return QUIET;
  let [expected, phase, startedAt, before] = [1, "", Date.now(), 0];
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const done = sent() - before;
    const elapsed = (Date.now() - startedAt) / 1000;
    stderr.write(`\r\u001b[2K${lineOf({ done, expected, phase, elapsed })}`);
  };
  return {
    begin(total) {
      [expected, startedAt, before] = [Math.max(1, total - sent()), Date.now(), sent()];
      timer = setInterval(draw, EVERY);
      timer.unref();
    },
    phase(what) {
      phase = what;
    },
    end() {
      clearInterval(timer);
      stderr.write("\r\u001b[2K");
    },
  };
}

const QUIET: Progress = {
  begin: () => undefined,
  phase: () => undefined,
  end: () => undefined,
};

interface Moment {
  readonly done: number;
  readonly expected: number;
  readonly phase: string;
  /** Seconds. */
  readonly elapsed: number;
}

/** What is expected is the least that may be needed: near its end the bar waits, and no time is told. */
function lineOf({ done, expected, phase, elapsed }: Moment): string {
  const share = Math.min(0.99, done / expected);
  const full = Math.round(share * WIDTH);
  const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
  const left =
    share > 0.02 && share < 0.99 ? `, ${words((elapsed / share) * (1 - share))} left` : "";
  return `${bar} ${done} of about ${Math.max(expected, done)} requests: ${phase}${left}`;
}

function words(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.ceil(seconds / 60)} min`;
}

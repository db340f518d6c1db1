/** A whole number of days, in which rotation counts. */
export class Duration {
  /**
   * So many days.
   * @param count a whole number
   */
  static days(count: number): Duration {
    return new Duration(count, "d");
  }

  /**
   * So many weeks.
   * @param count a whole number; a week has 7 days
   */
  static weeks(count: number): Duration {
    return new Duration(count, "w");
  }

  /**
   * What a text says.
   * @param text days or weeks, as in `30d`, `4w`, `P30D` or `P4W`; the construct that it is given to checks it
   */
  static of(text: string): Duration {
    return new Duration(text, "");
  }

  /** A text is taken as it is, for the checks to judge. */
  static from(duration: Duration | string): Duration {
    return duration instanceof Duration ? duration : Duration.of(duration);
  }

  private constructor(
    /** The number of units, or a text that brings its own unit. */
    readonly amount: number | string,
    /** Days or weeks; empty where the amount brings its own. */
    readonly unit: "d" | "w" | "",
  ) {}

  /** As it is written in messages. */
  toString(): string {
    return `${this.amount}${this.unit}`;
  }
}

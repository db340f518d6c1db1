/** A whole number of days, the unit of rotation. */
export class Duration {
  /**
   * A number of days.
   * @param count a whole number
   */
  static days(count: number): Duration {
    return new Duration(count, "d");
  }

  /**
   * A number of weeks.
   * @param count a whole number; a week has 7 days
   */
  static weeks(count: number): Duration {
    return new Duration(count, "w");
  }

  /**
   * Reads a duration from a string.
   * @param text days or weeks, as in `30d`, `4w`, `P30D` or `P4W`; the construct that receives it checks it
   */
  static of(text: string): Duration {
    return new Duration(text, "");
  }

  /** A string is taken unchanged and checked by the rules later. */
  static from(duration: Duration | string): Duration {
    return duration instanceof Duration ? duration : Duration.of(duration);
  }

  private constructor(
    /** The number of units, or a string that contains its own unit. */
    readonly amount: number | string,
    /** Days or weeks. Empty if the amount contains its own unit. */
    readonly unit: "d" | "w" | "",
  ) {}

  /** The duration as messages show it. */
  toString(): string {
    return `${this.amount}${this.unit}`;
  }
}

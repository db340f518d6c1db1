/** The issues of the project or repository that a job runs in. */
export interface AlarmIssues {
  /** Where the job is, for a link. */
  readonly jobUrl: string | undefined;
  /** The open issue that an earlier alarm opened. @param marker what its text begins with */
  openIssue(marker: string): Promise<number | undefined>;
  open(title: string, text: string): Promise<number>;
  note(issue: number, text: string): Promise<void>;
  /** `issue #3 of project 12`, for messages. */
  label(issue: number): string;
  close(): Promise<void>;
}

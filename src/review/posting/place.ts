import { CodedError } from "../../model/code";
/** Variables of a job. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A note of our own user. */
export interface OwnNote {
  readonly id: number;
  readonly body: string;
}

/** A merge request or pull request, and what the job may do there. */
export interface Place {
  /** `merge request !12 of project 34`, for messages. */
  readonly label: string;
  /** The longest note there may be, in characters. */
  readonly limit: number;
  readonly jobUrl: string | undefined;
  /** What the job is called, which tells its note from those of other jobs. */
  readonly jobName: string | undefined;
  /** The notes that this job's own user wrote, oldest first. */
  ownNotes(): Promise<OwnNote[]>;
  create(body: string): Promise<void>;
  update(noteId: number, body: string): Promise<void>;
  close(): Promise<void>;
}

/** Where notes are read from. */
export type ReadablePlace = Pick<Place, "label" | "ownNotes">;

/** What a job is about: the merge requests that its commit came by. */
export interface CommitPlaces {
  readonly places: readonly ReadablePlace[];
  close(): Promise<void>;
}

/** Why a review could not be posted, and what to do. It never holds a token. */
export class PostingError extends CodedError {
  constructor(message: string) {
    super("note-not-posted", message);
  }
}

/** A variable that is there and not empty. */
export function given(environment: Environment, name: string): string | undefined {
  return environment[name] || undefined;
}

/** The address of the job, where it can stand in a link as it is. */
export function linkable(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\/[\w.:/~%-]+$/.test(url) ? url : undefined;
}

export { CALENDAR_FORMATS, formattedCalendar, type CalendarFormat } from "./calendar-formats";
export { summaryLine } from "./counted";
export { FORMATS, formatted, isFormat, type Format, type OutputOptions } from "./formats";
export { reviewMarkdown, type MarkdownOptions } from "./markdown";
export { changesAnything } from "./changes-anything";
export { othersSentence, sentenceOf } from "./sentences";
export { shown } from "./shown";

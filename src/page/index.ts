export { calendarPage, type CalendarPageOptions } from "./calendar-page";
export { estatePage, type EstatePageOptions } from "./estate/estate-page";
export type { TokenSchedule } from "./estate/page-data";
export { reviewPage, type ReviewPageOptions } from "./review-page";

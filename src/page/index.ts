export { calendarPage, type CalendarPageOptions } from "./calendar-page";
export { estatePage, type EstatePageOptions } from "./estate/estate-page";
export { schedulesOf, type TokenSchedule } from "./estate/schedules";
export { reviewPage, type ReviewPageOptions } from "./review-page";

export { estatePage, type EstatePageOptions } from "./estate/estate-page";
export type { TokenSchedule } from "./estate/page-data";

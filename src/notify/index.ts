export { notify } from "./notify";
export { ofCalendar, ofLeak, ofLostNight, ofNight, type Run } from "./occasions";

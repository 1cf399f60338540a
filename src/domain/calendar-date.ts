/** The day of a moment (milliseconds since 1970) in the time zone of this machine, as YYYY-MM-DD. */
export function calendarDate(moment: number): string {
  const date = new Date(moment);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** RFI prints the wall clock of Paris; articles keep instants in UTC. */

let paris: Intl.DateTimeFormat | undefined;

/** Made when it is first needed: a page's times are in UTC, only feeds print Paris time. */
const getParis = (): Intl.DateTimeFormat =>
  (paris ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }));

const wallClockInParis = (instant: number): number => {
  const part = Object.fromEntries(
    getParis()
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'] ?? 1,
    part['hour'] ?? 0,
    part['minute'] ?? 0,
  );
};

/**
 * The instant of RFI's printed date, "10/10/2023 - 16:16" (day first, Paris time), as ISO 8601 in UTC without fractions
 * ("2023-10-10T14:16:00Z"); null if the text is not such a date. In the hour that the clock repeats in October the
 * earlier instant (summer time) is meant.
 */
export function parseParisTime(text: string): string | null {
  const match = /^\s*(\d{2})\/(\d{2})\/(\d{4})\s*-\s*(\d{2}):(\d{2})\s*$/.exec(text);
  if (!match) return null;
  const [day, month, year, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  const wallClock = Date.UTC(year, month - 1, day, hour, minute);
  if (new Date(wallClock).getUTCDate() !== day || month > 12 || hour > 23 || minute > 59) return null;
  for (const offset of [2, 1]) {
    const instant = wallClock - offset * 3_600_000;
    if (wallClockInParis(instant) === wallClock) return toIsoTime(instant);
  }
  // The hour that the clock skips in March was printed by a clock that had not been set yet: winter time.
  return toIsoTime(wallClock - 3_600_000);
}

/**
 * ISO 8601 in UTC without fractions of a date in any form that `Date` reads, or of milliseconds; null where it is none.
 * A date and time without a zone is UTC, as in RFI's `time[datetime]`, never the zone of the machine that reads it.
 */
export function toIsoTime(value: string | number): string | null {
  const zoneless =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(value.trim());
  const instant = new Date(zoneless ? `${value.trim().replace(' ', 'T')}Z` : value);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** RFI's printed date of an instant in ISO 8601, "10/10/2023 - 16:16" for "2023-10-10T14:16:00Z"; null if it is none. */
export function printParisTime(time: string): string | null {
  const instant = Date.parse(time);
  if (Number.isNaN(instant)) return null;
  const [date = '', clock = ''] = new Date(wallClockInParis(instant)).toISOString().split('T');
  const [year, month, day] = date.split('-');
  const printed = `${day}/${month}/${year} - ${clock.slice(0, 5)}`;
  return parseParisTime(printed) === null ? null : printed;
}

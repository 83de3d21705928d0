/** White space as HTML collapses it. No-break spaces are text: French sets them before ; : ! ? */

/** A run of spaces, tabs and line breaks becomes one space, none at the ends. */
export function collapse(text: string | null | undefined): string {
  return (text ?? '').replace(/[ \t\r\n\f]+/g, ' ').trim();
}

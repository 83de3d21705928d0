/** Signs that nobody sees and that hide, break or turn the words around them: no title, name or tag from outside keeps them. */

/**
 * Control signs but white space, halves of letters, and what turns or holds the direction of all that stands behind it. The marks
 * of direction and the joiners stay: Persian is written with them.
 */
const CONTROLS = /(?!\s)[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** The same value, which JSON can hold, with no such sign in any of its strings. */
export const withoutControls = <Json>(value: Json): Json =>
  JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? part.replace(CONTROLS, '') : part,
  ) as Json;

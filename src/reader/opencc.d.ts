/** The single dictionaries of opencc-js, which has types for all of them together only. */
declare module 'opencc-js/from/*' {
  import type { DictGroup } from 'opencc-js/core';

  const groups: readonly DictGroup[];
  // oxlint-disable-next-line import/no-default-export -- it is how opencc-js exports each of them
  export default groups;
}
declare module 'opencc-js/to/*' {
  import type { DictGroup } from 'opencc-js/core';

  const groups: readonly DictGroup[];
  // oxlint-disable-next-line import/no-default-export -- it is how opencc-js exports each of them
  export default groups;
}

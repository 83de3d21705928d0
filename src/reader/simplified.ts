/** Loaded when a reader asks for it: OpenCC, from Traditional Chinese as Taiwan writes it to Simplified. */
import { ConverterFactory } from 'opencc-js/core';
import fromTaiwan from 'opencc-js/from/tw';
import toChina from 'opencc-js/to/cn';

globalThis.liseuseExtras ??= {};
globalThis.liseuseExtras.Hans = ConverterFactory(...fromTaiwan, ...toChina);

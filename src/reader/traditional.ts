/**
 * Loaded when a reader asks for it: OpenCC, from Simplified Chinese to Traditional as Taiwan writes it. Characters only, not the
 * words of Taiwan: what the newsroom wrote stays what it wrote.
 */
import { ConverterFactory } from 'opencc-js/core';
import fromChina from 'opencc-js/from/cn';
import toTaiwan from 'opencc-js/to/tw';

globalThis.liseuseExtras ??= {};
globalThis.liseuseExtras.Hant = ConverterFactory(...fromChina, ...toTaiwan);

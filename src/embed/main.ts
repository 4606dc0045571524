/** `embed.js`: one script tag makes `<crdb-playground>` known. */
import { defineElement } from './element.ts'

const here = import.meta.url
defineElement(new URL(import.meta.env.DEV ? '/' : '.', here))

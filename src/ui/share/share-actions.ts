/** What the share menu does, for the command palette: the menu opens and shows how it went. */

export type ShareDeed = 'copy-link' | 'scenario' | 'log' | 'import' | 'embed'

const LABELS: Readonly<Record<ShareDeed, string>> = {
  'copy-link': 'Copy a link to this session',
  scenario: 'Save this session as a scenario file',
  log: 'Save this session as a log file',
  import: 'Open a scenario or session file',
  embed: 'Embed this in a page',
}

export const SHARE_ACTIONS = (Object.keys(LABELS) as ShareDeed[]).map((deed) => ({
  group: 'Share',
  label: LABELS[deed],
  run: () => {
    const menu = document.getElementById('share-menu')
    menu?.showPopover()
    menu?.querySelector<HTMLElement>(`[data-deed="${deed}"]`)?.click()
  },
}))

// Runs before the first paint, from a file because the content security policy allows no inline script.
// The app keeps the choice under this key: 'light', 'dark' or nothing (follow the system). See src/features/settings/theme.ts.
;(function () {
  var choice = null
  try {
    choice = localStorage.getItem('theme')
  } catch {
    // Storage may be forbidden: then the system's preference stands.
  }
  var dark = choice ? choice === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.querySelector('meta[name=theme-color]').content = dark ? '#131412' : '#fbfbf9'
})()

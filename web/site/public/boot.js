// Runs before the page is drawn, so that the chosen theme never flashes in late. Not a module: modules wait for the page.
// An inline script would need an exception in the content security policy; this is the same origin's file.
(() => {
  const root = document.documentElement;
  root.classList.add('scripted');
  try {
    const theme = localStorage.getItem('dot-by-dot:theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {
    // Storage is refused, as in a frame on another site: the system's theme serves.
  }
})();

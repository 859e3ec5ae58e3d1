// The choice of colours: light, dark, or as the system has it. boot.js puts a remembered choice on the page before it is drawn.
export type Theme = 'light' | 'dark' | 'system';

const key = 'dot-by-dot:theme';

/** What is remembered, 'system' if nothing is or storage is refused. */
export function rememberedTheme(): Theme {
  try {
    const theme = localStorage.getItem(key);
    return theme === 'light' || theme === 'dark' ? theme : 'system';
  } catch {
    return 'system';
  }
}

/** Shows a theme and remembers it where storage is allowed. */
export function chooseTheme(theme: Theme): void {
  showTheme(theme);
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Refused: the choice holds for this page.
  }
}

/** Wires the three radio buttons of the page's head, and follows a choice made in another tab. */
export function followTheme(root: ParentNode = document): void {
  const choices = [...root.querySelectorAll<HTMLInputElement>('input[name="theme"]')];
  const mark = (theme: Theme) => {
    for (const choice of choices) choice.checked = choice.value === theme;
  };
  mark(rememberedTheme());
  for (const choice of choices) choice.addEventListener('change', () => chooseTheme(choice.value as Theme));
  window.addEventListener('storage', (event) => {
    if (event.key !== key && event.key !== null) return;
    mark(rememberedTheme());
    showTheme(rememberedTheme());
  });
}

function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

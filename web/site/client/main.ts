// Every page's one script: the theme, the code of just those elements that the page holds, and what a lesson's page needs.
import { checks } from 'virtual:lesson-checks';
import { elements, loadElements } from '../../elements/index.ts';
import { provideChecks } from '../../models/check_registry.ts';
import { followPlace } from './place.ts';
import { followTheme } from './theme.ts';

followTheme();
followPlace();
for (const [lesson, load] of Object.entries(checks)) provideChecks(lesson, load);

// Every figure's numbers open into dot-unfold. It is fetched when all else is there, so that they open with the network gone too.
void loadElements().then(() => {
  const soon = globalThis.requestIdleCallback ?? ((go: () => void) => setTimeout(go, 1000));
  soon(() => void elements['dot-unfold']?.());
});

// What the home page says about each lesson's checks is read only where there is something to say.
const marks = document.querySelectorAll<HTMLElement>('[data-progress]');
if (marks.length > 0) void import('./progress_marks.ts').then(({ showProgress }) => showProgress(marks));

// The page /bench/ measures; nothing of that is fetched elsewhere.
const bench = document.querySelector<HTMLElement>('#bench');
if (bench) void import('./bench.ts').then(({ openBench }) => openBench(bench));

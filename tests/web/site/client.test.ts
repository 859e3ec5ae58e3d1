// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { progressText, showProgress } from '../../../web/site/client/progress_marks.ts';
import { chooseTheme, followTheme, rememberedTheme } from '../../../web/site/client/theme.ts';

const root = document.documentElement;

beforeEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
  delete root.dataset.theme;
  document.body.innerHTML = ['light', 'system', 'dark'].map((value) => `<input type="radio" name="theme" value="${value}">`).join('');
});

describe('the theme', () => {
  it('is the system’s until one is chosen', () => {
    expect(rememberedTheme()).toBe('system');
    followTheme();
    expect(document.querySelector<HTMLInputElement>(':checked')?.value).toBe('system');
  });
  it('is shown, remembered and forgotten', () => {
    chooseTheme('dark');
    expect([root.dataset.theme, rememberedTheme()]).toEqual(['dark', 'dark']);
    chooseTheme('system');
    expect([root.dataset.theme, rememberedTheme(), localStorage.length]).toEqual([undefined, 'system', 0]);
  });
  it('takes nothing from storage that is no theme', () => {
    localStorage.setItem('dot-by-dot:theme', 'purple');
    expect(rememberedTheme()).toBe('system');
  });
  it('can be chosen where storage is refused', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('refused', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    expect(rememberedTheme()).toBe('system');
    chooseTheme('dark');
    expect(root.dataset.theme).toBe('dark');
    vi.unstubAllGlobals();
  });
});

describe('progress on the home page', () => {
  it.each([
    [0, 4, ''],
    [1, 4, '1 of 4 checks'],
    [4, 4, 'all checks done'],
    [5, 4, 'all checks done'],
    [0, 0, ''],
  ])('%i of %i: %j', (done, checks, text) => expect(progressText(done, checks)).toBe(text));
  it('reads what is kept', () => {
    localStorage.setItem('dot-by-dot/some-lesson', JSON.stringify({ seed: 7, checks: { one: 'right', two: 'shown' }, guesses: {} }));
    document.body.innerHTML = '<span data-progress="some-lesson" data-checks="3"></span>';
    showProgress(document.querySelectorAll<HTMLElement>('[data-progress]'));
    expect(document.body.textContent).toBe('2 of 3 checks');
  });
});

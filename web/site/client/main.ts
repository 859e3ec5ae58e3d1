// Every page's one script: the theme, and the code of just those elements that the page holds.
import { loadElements } from '../../elements/index.ts';
import { followTheme } from './theme.ts';

followTheme();
void loadElements();

// elements.js of the built site: the one line that puts the lab's elements on any other page.
//   <script type="module" src="https://…/elements.js"></script>
// It defines whichever of them the page holds, and those that are added to it later. Nothing else of the page is touched.
import { elements, loadElements } from '../../elements/index.ts';

void loadElements();
new MutationObserver((changes) => {
  const added = changes.some(({ addedNodes }) => addedNodes.length > 0);
  if (added && Object.keys(elements).some((name) => !customElements.get(name))) void loadElements();
}).observe(document.documentElement, { childList: true, subtree: true });

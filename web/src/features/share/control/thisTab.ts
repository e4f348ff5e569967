import { createTabControl, type TabControl } from './tab';

let control: TabControl | null = null;

/** This tab's own: made once, when a call or a share first needs it. */
export function tabControl(): TabControl {
  control ??= createTabControl();
  return control;
}

export const layouts = ['grid', 'speaker', 'side'] as const;
export type Layout = (typeof layouts)[number];
export type PanelName = 'chat' | 'people';

/** How one person looks at a call: nobody else sees any of it. */
export interface CallView {
  readonly layout: Layout;
  /** Pinned people, newest first; two at most, since there are two large places. */
  readonly pins: readonly string[];
  readonly panel: PanelName | null;
  readonly stats: boolean;
  readonly reacting: boolean;
  /** A view only: my camera stays on for the others. */
  readonly hideMe: boolean;
  readonly uncropped: boolean;
}

export type ViewAction =
  | { readonly type: 'layout'; readonly layout: Layout }
  | { readonly type: 'nextLayout' }
  | { readonly type: 'pin'; readonly identity: string }
  | { readonly type: 'unpinAll' }
  | { readonly type: 'panel'; readonly panel: PanelName | null }
  | { readonly type: 'togglePanel'; readonly panel: PanelName }
  | { readonly type: 'reacting'; readonly on: boolean }
  | { readonly type: 'toggle'; readonly what: 'stats' | 'hideMe' | 'uncropped' };

export const firstView: CallView = {
  layout: 'grid',
  pins: [],
  panel: null,
  stats: false,
  reacting: false,
  hideMe: false,
  uncropped: false,
};

const PINS = 2;

export function viewReducer(state: CallView, action: ViewAction): CallView {
  switch (action.type) {
    case 'layout':
      return state.layout === action.layout ? state : { ...state, layout: action.layout };
    case 'nextLayout': {
      const next = layouts[(layouts.indexOf(state.layout) + 1) % layouts.length] ?? 'grid';
      return { ...state, layout: next };
    }
    case 'pin': {
      const { identity } = action;
      const rest = state.pins.filter((pin) => pin !== identity);
      return { ...state, pins: rest.length < state.pins.length ? rest : [identity, ...rest].slice(0, PINS) };
    }
    case 'unpinAll':
      return state.pins.length === 0 ? state : { ...state, pins: [] };
    case 'panel':
      return state.panel === action.panel ? state : { ...state, panel: action.panel };
    case 'togglePanel':
      return { ...state, panel: state.panel === action.panel ? null : action.panel };
    case 'reacting':
      return state.reacting === action.on ? state : { ...state, reacting: action.on };
    case 'toggle':
      return { ...state, [action.what]: !state[action.what] };
  }
}

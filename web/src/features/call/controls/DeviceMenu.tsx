import * as Menu from '@radix-ui/react-dropdown-menu';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { languages, useI18n, type MessageKey } from '@/shared/i18n';
import { usePreferences, type Preferences } from '../devices/preferences';
import { canChooseSpeaker, useDeviceList } from '../devices/useDeviceList';
import { findMe, useCall, useSession } from '../session/CallContext';
import { menuBox, releaseMenu } from './looks';

type DeviceKey = 'microphoneId' | 'cameraId' | 'speakerId';

const kinds = {
  microphoneId: { kind: 'audioinput', title: 'device.microphone' },
  cameraId: { kind: 'videoinput', title: 'device.camera' },
  speakerId: { kind: 'audiooutput', title: 'device.speaker' },
} as const satisfies Record<DeviceKey, { kind: MediaDeviceKind; title: MessageKey }>;

// Radix wants a value that is not empty; an empty id means the system's own choice.
const SYSTEM = 'system';

function Choices({ of }: { of: DeviceKey }) {
  const { t } = useI18n();
  const session = useSession();
  const me = findMe(useCall().people);
  const { preferences, change } = usePreferences();
  const { kind, title } = kinds[of];
  const devices = useDeviceList(`${String(me?.microphone)} ${String(Boolean(me?.camera))}`)[kind];
  const chosen = devices.some(({ deviceId }) => deviceId === preferences[of]) ? preferences[of] : SYSTEM;

  const choose = (value: string) => {
    const id = value === SYSTEM ? '' : value;
    change({ [of]: id } satisfies Partial<Pick<Preferences, DeviceKey>>);
    session.selectDevice(kind, id);
  };
  const rows = [
    { id: SYSTEM, label: devices.length === 0 ? t('device.none') : t('device.default') },
    ...devices.map((device, index) => ({
      id: device.deviceId,
      label: device.label || t('device.unnamed', { n: index + 1 }),
    })),
  ];
  return (
    <Menu.RadioGroup value={chosen} onValueChange={choose} aria-label={t(title)}>
      <Menu.Label className="px-2.5 pt-2 pb-1 text-12 font-semibold text-text-3">{t(title)}</Menu.Label>
      {rows.map(({ id, label }) => (
        <Menu.RadioItem
          key={id}
          value={id}
          className="flex min-h-9 cursor-pointer items-center gap-2 rounded-lg px-2.5 py-1.5 text-14 outline-none data-highlighted:bg-active pointer-coarse:min-h-11"
        >
          <span className="grid w-4 flex-none">
            <Menu.ItemIndicator>
              <Check size={16} aria-hidden="true" className="text-accent" />
            </Menu.ItemIndicator>
          </span>
          <span className="min-w-0 wrap-anywhere">{label}</span>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** Rows for a menu: the devices of these kinds. */
export function DeviceChoices({ of }: { of: readonly DeviceKey[] }) {
  return of.filter((key) => key !== 'speakerId' || canChooseSpeaker()).map((key) => <Choices key={key} of={key} />);
}

interface Props {
  of: readonly DeviceKey[];
  /** Where the menu is put: inside of the stage, for its colours and for full screen. */
  container: HTMLElement | null;
  children: ReactNode;
}

/** A button and the devices behind it. */
export function DeviceMenu({ of, container, children }: Props) {
  const { language } = useI18n();
  return (
    <Menu.Root modal={false} dir={languages[language].direction}>
      <Menu.Trigger asChild>{children}</Menu.Trigger>
      <Menu.Portal container={container}>
        <Menu.Content
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          className={menuBox}
          onCloseAutoFocus={releaseMenu}
        >
          <DeviceChoices of={of} />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

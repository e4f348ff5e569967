import { useEffect, useState } from 'react';

export type DeviceList = Readonly<Record<MediaDeviceKind, readonly MediaDeviceInfo[]>>;

const nothing: DeviceList = { audioinput: [], audiooutput: [], videoinput: [] };

/** Chrome lists the system's choice once more as an entry of its own; we have our own entry for it. */
const isAlias = (device: MediaDeviceInfo) => device.deviceId === 'default' || device.deviceId === 'communications';

/** The devices at hand, followed as they come and go. Names are known once permission was given: see `revision`. */
export function useDeviceList(revision: unknown = null): DeviceList {
  const [list, setList] = useState(nothing);
  useEffect(() => {
    // Pages over plain HTTP have no mediaDevices at all, whatever the types say.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices) return;
    let current = true;
    const read = async () => {
      const found = await devices.enumerateDevices().catch(() => []);
      if (!current) return;
      const of = (kind: MediaDeviceKind) => found.filter((device) => device.kind === kind && device.deviceId && !isAlias(device));
      setList({ audioinput: of('audioinput'), audiooutput: of('audiooutput'), videoinput: of('videoinput') });
    };
    const onChange = () => void read();
    onChange();
    devices.addEventListener('devicechange', onChange);
    return () => {
      current = false;
      devices.removeEventListener('devicechange', onChange);
    };
  }, [revision]);
  return list;
}

export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

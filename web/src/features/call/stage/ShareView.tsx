import { ScreenShare } from 'lucide-react';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import type { Person, Picture } from '../session/types';
import type { Box } from './layout';
import { boxStyle, VideoView } from './Tile';

interface Props {
  person: Person;
  screen: Picture;
  box: Box;
  onAspect: (aspect: number) => void;
}

/** A shared screen, never cropped. */
export function ShareView({ person, screen, box, onAspect }: Props) {
  const { t } = useI18n();
  const words = person.me ? t('share.youShare') : t('share.theyShare', { name: person.name });
  return (
    <figure
      aria-label={person.me ? t('share.mine') : t('share.of', { name: person.name })}
      className="tile share"
      style={boxStyle(box)}
    >
      <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 text-13 text-stage-text-2">
        <ScreenShare size={28} aria-hidden="true" />
        {t('share.waiting')}
      </div>
      <VideoView key={screen.id} picture={screen} fit="contain" onAspect={onAspect} />
      <figcaption className="absolute inset-x-3 top-3 flex justify-center">
        <span className="flex h-9 min-w-0 items-center gap-2.5 rounded-[10px] bg-[#142023] px-3 text-13 font-semibold shadow-[0_8px_24px_-6px_rgb(4_16_18/50%)]">
          <Avatar id={person.identity} name={person.name} size={22} />
          <span className="truncate">{words}</span>
        </span>
      </figcaption>
    </figure>
  );
}

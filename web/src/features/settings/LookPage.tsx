import { looks, useTheme } from '@/app/theme';
import { captionSize, captionSizes } from '@/features/call/captions/captions';
import { isLanguage, languages, useI18n, type Language } from '@/shared/i18n';
import { useKept } from '@/shared/state/kept';
import { densities, density, enter, enterDoes } from './choices';
import { Choice } from './Choice';

/** How the page looks and is written in, on this device. */
export function LookPage() {
  const { t, language, setLanguage } = useI18n();
  const { look, setLook } = useTheme();
  const spoken = Object.keys(languages).filter(isLanguage);
  return (
    <div className="flex flex-col gap-6">
      <Choice label={t('app.look')} value={look} choices={looks} textOf={(name) => t(`app.look.${name}`)} onChange={setLook} />
      <Choice<Language>
        label={t('app.language')}
        value={language}
        choices={spoken}
        textOf={(tag) => languages[tag].name}
        langOf={(tag) => tag}
        onChange={setLanguage}
      />
      <Choice label={t('settings.density')} value={useKept(density)} choices={densities} textOf={(name) => t(`settings.density.${name}`)} onChange={density.keep} />
      <Choice label={t('settings.enter')} value={useKept(enter)} choices={enterDoes} textOf={(name) => t(`settings.enter.${name}`)} onChange={enter.keep} />
      <Choice label={t('captions.size')} value={useKept(captionSize)} choices={captionSizes} textOf={(name) => t(`captions.${name}`)} onChange={captionSize.keep} />
    </div>
  );
}

import { Component, type ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { Button } from './Button';

function Broken() {
  const { t } = useI18n();
  return (
    <div role="alert" className="m-auto flex max-w-sm flex-col items-center gap-3 p-6 text-center text-14 text-text-2">
      <p>{t('app.broken')}</p>
      <Button look="primary" onClick={() => window.location.reload()}>
        {t('app.reload')}
      </Button>
    </div>
  );
}

interface Props {
  readonly children: ReactNode;
  /** Another one begins afresh. */
  readonly name: string;
  /** What goes without a word when it breaks. */
  readonly silent?: boolean;
}

/** A fault in one part of the page stays in that part. */
export class Boundary extends Component<Props, { readonly broken: string | null }> {
  override state = { broken: null };
  static getDerivedStateFromError = () => ({ broken: '' });

  override componentDidCatch(): void {
    this.setState({ broken: this.props.name });
  }

  override componentDidUpdate(): void {
    if (this.state.broken !== null && this.state.broken !== '' && this.state.broken !== this.props.name) this.setState({ broken: null });
  }

  override render() {
    if (this.state.broken === null) return this.props.children;
    return this.props.silent ? null : <Broken />;
  }
}

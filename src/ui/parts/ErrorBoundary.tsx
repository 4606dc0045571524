/** A panel that breaks says so in its own place; the rest of the page goes on. */
import { Component, type ReactNode } from 'react'
import styles from './ErrorBoundary.module.css'

interface Props {
  readonly panel: string
  readonly children: ReactNode
}

export class ErrorBoundary extends Component<Props, { readonly failure: Error | null }> {
  override state: { readonly failure: Error | null } = { failure: null }

  static getDerivedStateFromError(failure: unknown) {
    return { failure: failure instanceof Error ? failure : new Error(String(failure)) }
  }

  override render() {
    const { failure } = this.state
    if (!failure) return this.props.children
    return (
      <div className={styles.box} role="alert">
        <p>
          <strong>{this.props.panel} stopped working.</strong> The database itself goes on.
        </p>
        <p className="mono">{failure.message}</p>
        <button className="button" type="button" onClick={() => this.setState({ failure: null })}>
          Show it again
        </button>
      </div>
    )
  }
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSpeakingGate, SPEAKING_OFF_MS, SPEAKING_ON_MS } from './speaking';

const nobody = new Set<string>();
const ada = new Set(['ada']);

describe('createSpeakingGate', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows a voice after 150 ms and hides it 900 ms after its end', () => {
    const onChange = vi.fn();
    const gate = createSpeakingGate(onChange);
    gate.update(ada);
    vi.advanceTimersByTime(SPEAKING_ON_MS - 1);
    expect(gate.isSpeaking('ada')).toBe(false);
    vi.advanceTimersByTime(1);
    expect(gate.isSpeaking('ada')).toBe(true);
    gate.update(nobody);
    vi.advanceTimersByTime(SPEAKING_OFF_MS - 1);
    expect(gate.isSpeaking('ada')).toBe(true);
    vi.advanceTimersByTime(1);
    expect(gate.isSpeaking('ada')).toBe(false);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('never shows a cough', () => {
    const onChange = vi.fn();
    const gate = createSpeakingGate(onChange);
    gate.update(ada);
    vi.advanceTimersByTime(SPEAKING_ON_MS - 50);
    gate.update(nobody);
    vi.advanceTimersByTime(5000);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('bridges the silence between words', () => {
    const onChange = vi.fn();
    const gate = createSpeakingGate(onChange);
    gate.update(ada);
    vi.advanceTimersByTime(SPEAKING_ON_MS);
    gate.update(nobody);
    vi.advanceTimersByTime(SPEAKING_OFF_MS - 100);
    gate.update(ada);
    vi.advanceTimersByTime(5000);
    expect(gate.isSpeaking('ada')).toBe(true);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('is silent once stopped', () => {
    const onChange = vi.fn();
    const gate = createSpeakingGate(onChange);
    gate.update(ada);
    gate.stop();
    vi.advanceTimersByTime(5000);
    expect(onChange).not.toHaveBeenCalled();
  });
});
